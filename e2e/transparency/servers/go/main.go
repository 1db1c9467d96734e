// The corpus's server in Go: server PORT.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	big := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	routes := http.NewServeMux()
	routes.HandleFunc("/chunked", func(w http.ResponseWriter, _ *http.Request) {
		for _, part := range []string{"one", "two and a half", "three"} {
			io.WriteString(w, part)
			w.(http.Flusher).Flush()
		}
	})
	routes.HandleFunc("/empty", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	routes.HandleFunc("/unmodified", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `"one"`)
		w.WriteHeader(http.StatusNotModified)
	})
	routes.HandleFunc("/big", func(w http.ResponseWriter, _ *http.Request) { w.Write(big) })
	routes.HandleFunc("/gigabyte", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1073741824")
		for range 1 << 10 {
			w.Write(big)
		}
	})
	routes.HandleFunc("/sink", func(w http.ResponseWriter, r *http.Request) {
		count, err := io.Copy(io.Discard, r.Body)
		fmt.Fprintln(w, count, err)
	})
	routes.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			w.Write(body)
			return
		}
		io.WriteString(w, "small\n")
	})
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	server := http.Server{Addr: "127.0.0.1:" + os.Args[1], Handler: routes, Protocols: &protocols}
	log.Fatal(server.ListenAndServe())
}
