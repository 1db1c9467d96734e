// The corpus's client in Go: client HOST PORT.
package main

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

var base = "http://" + os.Args[1] + ":" + os.Args[2]

func ask(method, path string, body io.Reader, status int) string {
	request, err := http.NewRequest(method, base+path, body)
	if err != nil {
		log.Fatal(err)
	}
	request.Header["X-MiXeD-CaSe"] = []string{"kept"}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	told, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != status {
		log.Fatalf("%s %s: %d, %v (expected: %d)", method, path, response.StatusCode, err, status)
	}
	return string(told)
}

func main() {
	if told := ask("GET", "/small?q=1", nil, 200); told != "small\n" {
		log.Fatalf("GET /small: %q", told)
	}
	ask("HEAD", "/small", nil, 200)
	ask("GET", "/chunked", nil, 200)
	ask("GET", "/empty", nil, 204)
	ask("GET", "/unmodified", nil, 304)
	if told := ask("GET", "/big", nil, 200); len(told) != 1<<20 {
		log.Fatalf("GET /big: %d bytes", len(told))
	}
	body := strings.Repeat("0123456789", 10_000)
	if told := ask("POST", "/echo", bytes.NewReader([]byte(body)), 200); told != body {
		log.Fatalf("POST /echo: %d bytes came back", len(told))
	}
	// A reader of unknown length is sent in chunks.
	if told := ask("POST", "/echo", io.MultiReader(strings.NewReader("abc"), strings.NewReader("def")), 200); told != "abcdef" {
		log.Fatalf("POST /echo in chunks: %q", told)
	}
}
