module sidetrace.io/sandbox/service2

go 1.26
