package io.sidetrace.operator.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Address ranges such as `10.0.0.0/8`.
final class Cidr {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");

  private Cidr() {}

  /// The range with its length of prefix written out; null if the text is none.
  static @Nullable String normalize(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    try {
      var address = InetAddress.ofLiteral(form.group(1));
      var bits = address instanceof Inet4Address ? 32 : 128;
      var prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
      return prefix <= bits ? address.getHostAddress() + "/" + prefix : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
