package io.sidetrace.operator.validate;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// The forms of names and addresses, judged by their text alone: nothing is ever looked up.
final class Names {
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern DNS_LABEL = Pattern.compile(LABEL);

  /// Underscores too: resolvers take them, and some services are named so.
  private static final Pattern DNS_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[\\p{Alnum}_]([\\p{Alnum}_-]*[\\p{Alnum}_])?"
              + "(\\.[\\p{Alnum}_]([\\p{Alnum}_-]*[\\p{Alnum}_])?)*\\.?");

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /// No % and what follows it: an interface of the pod's node means nothing here.
  private static final Pattern IPV6_ALPHABET = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final Pattern HOST_HEADER =
      Pattern.compile("[\\p{Alnum}._-]+(:\\d{1,5})?|\\[[0-9a-fA-F:.]+](:\\d{1,5})?");

  private Names() {}

  static boolean isDnsLabel(String text) {
    return DNS_LABEL.matcher(text).matches();
  }

  /// A text of digits and dots alone is a mistyped IPv4 address, not a name.
  static boolean isDnsName(String text) {
    return DNS_NAME.matcher(text).matches() && !NUMBERS.matcher(text).matches();
  }

  static boolean isIpAddress(String text) {
    return IPV4.matcher(text).matches() || isIpv6Address(text);
  }

  private static boolean isIpv6Address(String text) {
    if (!IPV6_ALPHABET.matcher(text).matches()) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(text).getAddress().length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static boolean isHostHeader(String text) {
    return HOST_HEADER.matcher(text).matches();
  }
}
