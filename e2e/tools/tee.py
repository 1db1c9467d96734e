"""A relay that keeps every byte of each of its connections."""

import socket
import threading

READ_BYTES = 65536


class Tee:
    """Thread-safe. Connections are kept in the order in which they were accepted."""

    def __init__(self, listen, target):
        self.target = target
        self.connections = []
        self.keeping = True
        self._listening = socket.create_server(listen, backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self._listening.accept()
            connection = Connection()
            self.connections.append(connection)
            threading.Thread(target=self._serve, args=(client, connection), daemon=True).start()

    def _serve(self, client, connection):
        with client, socket.create_connection(self.target) as server:
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=self._pump, args=(server, client, connection.responses), daemon=True)
            back.start()
            self._pump(client, server, connection.requests)
            back.join()
        connection.ended.set()

    def _pump(self, source, sink, kept):
        try:
            while read := source.recv(READ_BYTES):
                if self.keeping:
                    kept += read
                sink.sendall(read)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            for end in (source, sink):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


class Connection:
    def __init__(self):
        self.requests, self.responses, self.ended = bytearray(), bytearray(), threading.Event()
