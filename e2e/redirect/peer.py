"""Both ends of a connection for the redirect's test.

peer.py serve NAME PORT…       answers every connection with: NAME PORT ORIGINAL_ADDRESS ORIGINAL_PORT
peer.py ask ADDRESS PORT       prints the answer, or "none" when nobody answers
"""

import socket
import struct
import sys
import threading

SO_ORIGINAL_DST = 80
PATIENCE_SECONDS = 3


def original(connection):
    if connection.family == socket.AF_INET6:
        raw = connection.getsockopt(socket.IPPROTO_IPV6, SO_ORIGINAL_DST, 28)
        return socket.inet_ntop(socket.AF_INET6, raw[8:24]), struct.unpack("!H", raw[2:4])[0]
    raw = connection.getsockopt(socket.SOL_IP, SO_ORIGINAL_DST, 16)
    return socket.inet_ntoa(raw[4:8]), struct.unpack("!H", raw[2:4])[0]


def answer(name, port, listener):
    while True:
        connection, _ = listener.accept()
        try:
            address, original_port = original(connection)
        except OSError:
            address, original_port = "-", 0
        connection.sendall(f"{name} {port} {address} {original_port}\n".encode())
        connection.close()


def serve(name, ports):
    for family, anywhere in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        for port in ports:
            listener = socket.socket(family)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind((anywhere, port))
            listener.listen(16)
            threading.Thread(target=answer, args=(name, port, listener)).start()
    print("serving", flush=True)


def ask(address, port):
    try:
        with socket.create_connection((address, port), PATIENCE_SECONDS) as connection:
            print(connection.recv(200).decode().strip() or "none")
    except OSError:
        print("none")


if sys.argv[1] == "serve":
    serve(sys.argv[2], [int(port) for port in sys.argv[3:]])
else:
    ask(sys.argv[2], int(sys.argv[3]))
