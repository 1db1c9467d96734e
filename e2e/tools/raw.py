"""Sends bytes as they are and prints what comes back, then how the connection ended: (closed), (reset), (refused) or (still open).

    raw.py ADDRESS:PORT [TEXT]      TEXT with \\r, \\n and \\xNN escapes; without it nothing is sent
"""

import socket
import sys

PATIENCE_SECONDS = 3


def main():
    address, _, port = sys.argv[1].rpartition(":")
    text = sys.argv[2].encode().decode("unicode_escape").encode("latin-1") if len(sys.argv) > 2 else b""
    try:
        with socket.create_connection((address, int(port)), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(text)
            for answered in iter(lambda: connection.recv(65536), b""):
                sys.stdout.write(answered.decode("latin-1").replace("\r\n", "\n"))
        print("(closed)")
    except ConnectionRefusedError:
        print("(refused)")
    except ConnectionError:
        print("(reset)")
    except TimeoutError:
        print("(still open)")


if __name__ == "__main__":
    main()
