// WebSocket at both ends: websocket serve PORT, websocket call HOST PORT.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

const (
	mebibyte = 1 << 20
	limit    = 20 * time.Second
)

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "serve":
		http.HandleFunc("/echo", echo)
		log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[2], nil))
	case len(os.Args) == 4 && os.Args[1] == "call":
		if err := call("ws://" + os.Args[2] + ":" + os.Args[3] + "/echo"); err != nil {
			log.Fatal(err)
		}
	default:
		log.Fatalf("usage: %s serve PORT | call HOST PORT", os.Args[0])
	}
}

// echo sends every message back as it came; pings and the closing are answered by the library.
func echo(out http.ResponseWriter, in *http.Request) {
	var upgrader websocket.Upgrader
	connection, err := upgrader.Upgrade(out, in, nil)
	if err != nil {
		return
	}
	defer connection.Close()
	for {
		kind, message, err := connection.ReadMessage()
		if err != nil {
			return
		}
		if err := connection.WriteMessage(kind, message); err != nil {
			return
		}
	}
}

func call(address string) error {
	connection, _, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		return err
	}
	defer connection.Close()
	connection.SetReadDeadline(time.Now().Add(limit))
	var pong string
	connection.SetPongHandler(func(told string) error {
		pong = told
		return nil
	})
	if err := connection.WriteControl(websocket.PingMessage, []byte("are you there"), time.Now().Add(limit)); err != nil {
		return err
	}
	for kind, message := range map[int][]byte{
		websocket.TextMessage:   []byte("zażółć gęślą jaźń"),
		websocket.BinaryMessage: bytes.Repeat([]byte{0, 0xff, 'G'}, mebibyte/3),
	} {
		if err := same(connection, kind, message); err != nil {
			return err
		}
	}
	if pong != "are you there" {
		return fmt.Errorf("pong %q (expected: what the ping said)", pong)
	}
	return end(connection)
}

func same(connection *websocket.Conn, kind int, message []byte) error {
	if err := connection.WriteMessage(kind, message); err != nil {
		return err
	}
	told, echoed, err := connection.ReadMessage()
	if err == nil && (told != kind || !bytes.Equal(echoed, message)) {
		err = fmt.Errorf("kind %d, %d bytes (expected: kind %d, the %d bytes that were sent)", told, len(echoed), kind, len(message))
	}
	return err
}

func end(connection *websocket.Conn) error {
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "bye")
	if err := connection.WriteControl(websocket.CloseMessage, bye, time.Now().Add(limit)); err != nil {
		return err
	}
	_, _, err := connection.ReadMessage()
	var closed *websocket.CloseError
	if !errors.As(err, &closed) || closed.Code != websocket.CloseNormalClosure {
		return fmt.Errorf("%v (expected: the close answered)", err)
	}
	return nil
}
