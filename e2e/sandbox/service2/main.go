// The sandbox's second service: answers whoever asks. Go's standard library only: it knows nothing of tracing.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"time"
)

const readHeaderTimeout = 10 * time.Second

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	routes := http.NewServeMux()
	routes.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	routes.HandleFunc("/trace/", func(w http.ResponseWriter, r *http.Request) {
		log.Printf("%s x-request-id=%s %s %s", r.RemoteAddr, r.Header.Get("x-request-id"), r.Method, r.URL.Path)
		fmt.Fprintln(w, "Hello from behind Sidetrace (service 2)!")
	})
	log.Printf("service 2 on %s", port)
	server := &http.Server{Addr: ":" + port, Handler: routes, ReadHeaderTimeout: readHeaderTimeout}
	log.Fatal(server.ListenAndServe())
}
