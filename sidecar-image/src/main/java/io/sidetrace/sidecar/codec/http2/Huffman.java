package io.sidetrace.sidecar.codec.http2;

/// Reads the Huffman code of RFC 7541 appendix B.
///
/// The code is canonical: codes of one length are consecutive in the order of their symbols, and
/// each length goes on where the shorter one ended. So the lengths say all, and a code is found by
/// comparing numbers.
final class Huffman {
  /// How long the code of each symbol is, from 0 to 256 (the end of a text, which never occurs in
  /// one): base 36.
  private static final String LENGTHS =
      "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca"
          + "d67777777777777777777777878djde6f56565666577666567655677777fbeds"
          + "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn"
          + "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq"
          + "u";

  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;
  private static final int END = 256;

  /// Codes of up to so many bits are looked up at once; printable ASCII is mostly among them.
  private static final int QUICK_BITS = 8;

  /// By the next eight bits: symbol and length of the code that they begin with; 0 when it is
  /// longer.
  private static final short[] QUICK = new short[1 << QUICK_BITS];

  /// All symbols by length, then by number.
  private static final short[] SYMBOLS = new short[LENGTHS.length()];

  /// By length: the first code behind those of that length, and what to add to a code of that
  /// length for its place among all symbols.
  private static final int[] CODE_END = new int[LONGEST + 1];

  private static final int[] PLACE_OF_CODE = new int[LONGEST + 1];

  static {
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code <<= 1;
      PLACE_OF_CODE[length] = place - code;
      for (int symbol = 0; symbol < LENGTHS.length(); symbol++) {
        if (Character.digit(LENGTHS.charAt(symbol), Character.MAX_RADIX) == length) {
          SYMBOLS[place++] = (short) symbol;
          noteQuick(symbol, code++, length);
        }
      }
      CODE_END[length] = code;
    }
  }

  private Huffman() {}

  private static void noteQuick(int symbol, int code, int length) {
    int open = QUICK_BITS - length;
    for (int rest = 0; open >= 0 && rest < 1 << open; rest++) {
      QUICK[code << open | rest] = (short) (symbol << 4 | length);
    }
  }

  /// How many bytes a text of so many coded bytes has at most.
  static int longestText(int codedBytes) {
    return codedBytes * 8 / SHORTEST + 1;
  }

  /// Decodes the bytes into `out` from `at` on, which has room for [#longestText].
  ///
  /// @return where the text ends, or -1 when the code is malformed
  static int decode(byte[] in, int from, int to, byte[] out, int at) {
    int end = at;
    long bits = 0;
    int count = 0;
    int next = from;
    while (true) {
      while (count < LONGEST && next < to) {
        bits = bits << 8 | (in[next++] & 0xff);
        count += 8;
      }
      if (count < SHORTEST) {
        break;
      }
      int code = codeAt(bits, count);
      int length = code & 0x1f;
      if (length == 0 || length > count) {
        break; // what is left is no symbol: padding, or malformed
      }
      int symbol = code >> 5;
      if (symbol == END) {
        return -1;
      }
      out[end++] = (byte) symbol;
      count -= length;
    }
    return next == to && isPadding(bits, count) ? end : -1;
  }

  /// The symbol that the last `count` bits begin with, and in the lowest five bits the length of
  /// its code, which may be longer than what is there.
  private static int codeAt(long bits, int count) {
    long aligned = bits << (Long.SIZE - count);
    int quick = QUICK[(int) (aligned >>> (Long.SIZE - QUICK_BITS))];
    if (quick != 0) {
      return quick >> 4 << 5 | (quick & 0xf);
    }
    for (int length = QUICK_BITS + 1; length <= LONGEST; length++) {
      int code = (int) (aligned >>> (Long.SIZE - length));
      if (code < CODE_END[length]) {
        return SYMBOLS[PLACE_OF_CODE[length] + code] << 5 | length;
      }
    }
    return 0;
  }

  /// Fewer than eight bits, all ones, as the end's code begins.
  private static boolean isPadding(long bits, int count) {
    long ones = (1L << count) - 1;
    return count < 8 && (bits & ones) == ones;
  }
}
