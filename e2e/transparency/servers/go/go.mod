module sidetrace.io/transparency/server

go 1.24
