package io.sidetrace.sidecar.intercept;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Picks the server name (SNI, RFC 6066) out of what a TLS client says first, as its bytes go by
/// and however they are cut. It holds nothing back, and keeps its place in the message and nothing
/// of it but the name. Whatever is not a well-formed ClientHello has no name. Event-loop confined;
/// one per connection.
///
/// ```
/// record     16 03 vv llll                            fragments of one message
/// handshake  01 llllll  version, random               34 bytes
///            session id, cipher suites, compressions  each behind its length
///            extensions: llll (type llll …)*
///            server_name = 0000 llll llll 00 llll name
/// ```
public final class ServerNameReader {
  /// Envoy's limit, for the message and for what it comes in. The largest in use, with post-quantum
  /// key shares and a ticket, are below 4 KiB.
  private static final int MOST_BYTES = 16 * 1024;

  /// Of DNS.
  private static final int LONGEST_NAME = 255;

  private static final int RECORD_HEADER_BYTES = 5;
  private static final int HANDSHAKE_RECORD = 22;
  private static final int MAJOR_VERSION = 3;

  /// Type and length of a handshake message.
  private static final int MESSAGE_HEADER_BYTES = 4;

  private static final int CLIENT_HELLO = 1;

  /// The version of two bytes and the random of 32.
  private static final int VERSION_AND_RANDOM_BYTES = 34;

  private static final int SERVER_NAME_EXTENSION = 0;
  private static final int HOST_NAME = 0;

  /// The number that is read next: types and lengths, each with how many bytes it has.
  private enum Part {
    MESSAGE_TYPE(1),
    MESSAGE_LENGTH(3),
    SESSION_ID_LENGTH(1),
    CIPHER_SUITES_LENGTH(2),
    COMPRESSIONS_LENGTH(1),
    EXTENSIONS_LENGTH(2),
    EXTENSION_TYPE(2),
    EXTENSION_LENGTH(2),
    LIST_LENGTH(2),
    NAME_TYPE(1),
    NAME_LENGTH(2),
    /// No number, but the name itself.
    NAME(0);

    private final int bytes;

    Part(int bytes) {
      this.bytes = bytes;
    }
  }

  private int examined;
  private int recordHeaderAt;

  /// While a record's header is read its length so far, then what is to come of it.
  private int recordLeft;

  /// What is to come of the message, as far as its length is known.
  private int messageLeft = MESSAGE_HEADER_BYTES;

  private Part part = Part.MESSAGE_TYPE;

  /// How many bytes lie before the part.
  private int skip;

  /// The part so far, and how many bytes of it are to come.
  private int number;

  private int numberLeft = Part.MESSAGE_TYPE.bytes;
  private int extensionType;
  private int extensionLength;
  private byte @Nullable [] name;
  private int nameAt;
  private boolean ended;

  /// Looks at the readable bytes, which go on behind those of the call before; the indices stay.
  ///
  /// @return whether more of them are wanted
  public boolean read(ByteBuf in) {
    int end = in.writerIndex();
    for (int i = in.readerIndex(); i < end && !ended; i++) {
      next(in.getByte(i) & 0xff);
    }
    return !ended;
  }

  /// The name in lower case; null when there is none, or not yet.
  public @Nullable String name() {
    return name == null || nameAt < name.length
        ? null
        : new String(name, StandardCharsets.US_ASCII);
  }

  private void next(int octet) {
    if (++examined > MOST_BYTES) {
      ended = true;
    } else if (recordHeaderAt < RECORD_HEADER_BYTES) {
      recordHeader(octet);
    } else {
      message(octet);
      if (--recordLeft == 0) {
        recordHeaderAt = 0;
      }
    }
  }

  private void recordHeader(int octet) {
    switch (recordHeaderAt++) {
      case 0 -> ended = octet != HANDSHAKE_RECORD;
      case 1 -> ended = octet != MAJOR_VERSION;
      case 2 -> {} // old clients write any minor version
      case 3 -> recordLeft = octet << Byte.SIZE;
      default -> {
        recordLeft |= octet;
        ended = recordLeft == 0; // no handshake has empty records
      }
    }
  }

  private void message(int octet) {
    messageLeft--;
    if (skip > 0) {
      skip--;
    } else if (part == Part.NAME) {
      name(octet);
    } else {
      number = number << Byte.SIZE | octet;
      if (--numberLeft == 0) {
        int read = number;
        number = 0;
        took(read);
      }
    }
  }

  private void took(int read) {
    switch (part) {
      case MESSAGE_TYPE -> go(read == CLIENT_HELLO, 0, Part.MESSAGE_LENGTH);
      case MESSAGE_LENGTH -> {
        messageLeft = read;
        go(read <= MOST_BYTES, VERSION_AND_RANDOM_BYTES, Part.SESSION_ID_LENGTH);
      }
      case SESSION_ID_LENGTH -> go(true, read, Part.CIPHER_SUITES_LENGTH);
      case CIPHER_SUITES_LENGTH -> go(true, read, Part.COMPRESSIONS_LENGTH);
      case COMPRESSIONS_LENGTH -> go(true, read, Part.EXTENSIONS_LENGTH);
      case EXTENSIONS_LENGTH -> go(read == messageLeft, 0, Part.EXTENSION_TYPE);
      case EXTENSION_TYPE -> {
        extensionType = read;
        go(true, 0, Part.EXTENSION_LENGTH);
      }
      case EXTENSION_LENGTH -> extension(read);
      case LIST_LENGTH -> go(read == extensionLength - 2, 0, Part.NAME_TYPE);
      case NAME_TYPE -> go(read == HOST_NAME, 0, Part.NAME_LENGTH);
      // No other name follows: there is one type, and none may come twice.
      case NAME_LENGTH -> begin(read == extensionLength - 5 ? read : 0);
      case NAME -> throw new IllegalStateException("the name is no number");
    }
  }

  /// Goes on with the next part, if what came is right and the message has room for it. A message
  /// that ends before its extensions, or behind the last, has no name.
  private void go(boolean right, int bytesBefore, Part next) {
    ended = !right || bytesBefore + next.bytes > messageLeft;
    skip = bytesBefore;
    part = next;
    numberLeft = next.bytes;
  }

  private void extension(int length) {
    extensionLength = length;
    if (extensionType == SERVER_NAME_EXTENSION) {
      go(length <= messageLeft, 0, Part.LIST_LENGTH);
    } else {
      go(true, length, Part.EXTENSION_TYPE);
    }
  }

  private void begin(int length) {
    go(length > 0 && length <= LONGEST_NAME && length <= messageLeft, 0, Part.NAME);
    if (!ended) {
      name = new byte[length];
    }
  }

  private void name(int octet) {
    byte[] into = Objects.requireNonNull(name);
    if (isHostName(octet)) {
      into[nameAt++] = (byte) Character.toLowerCase(octet);
      ended = nameAt == into.length;
    } else {
      ended = true;
    }
  }

  /// Underscores are in no host name, but in names of services.
  private static boolean isHostName(int octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || octet == '-'
        || octet == '.'
        || octet == '_';
  }
}
