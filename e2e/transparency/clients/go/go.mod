module sidetrace.io/transparency/client

go 1.24
