package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.CollectorTls;
import io.sidetrace.operator.api.Credentials;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What TLS and credentials must keep to. Whether the Secrets are there is not asked: they are of
/// the workloads' namespaces, and the operator has no right to them.
final class SecretRules {
  private static final Pattern OBJECT_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern DATA_KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern PREFIX = Pattern.compile("[\\x20-\\x7e]{0,64}");

  private final List<Violation> violations;

  private SecretRules(List<Violation> violations) {
    this.violations = violations;
  }

  static void checkTls(@Nullable CollectorTls tls, List<Violation> violations) {
    if (tls != null) {
      new SecretRules(violations).check(tls);
    }
  }

  static void checkCredentials(@Nullable Credentials credentials, List<Violation> violations) {
    if (credentials != null) {
      new SecretRules(violations).check(credentials);
    }
  }

  private void check(CollectorTls tls) {
    var sni = tls.sni();
    if (sni != null && (!Names.isDnsName(sni) || sni.endsWith("."))) {
      report(".tls.sni", sni, "a DNS name, such as collector.example.com");
    }
    var ca = tls.ca();
    if (ca == null) {
      report(".tls.ca", "none", "the Secret with the authorities to trust");
    } else {
      checkSecret(".tls.ca", ca.secretName());
      checkKey(".tls.ca", ca.key());
    }
    var certificate = tls.clientCertificate();
    if (certificate != null) {
      checkSecret(".tls.clientCertificate", certificate.secretName());
    }
  }

  private void check(Credentials credentials) {
    checkSecret(".credentials", credentials.secretName());
    checkKey(".credentials", credentials.key());
    var header = credentials.header();
    if (header != null && !Forms.isFieldName(header)) {
      report(".credentials.header", header, Forms.FIELD_NAME_EXPECTED);
    }
    var prefix = credentials.prefix();
    if (prefix != null && !PREFIX.matcher(prefix).matches()) {
      report(".credentials.prefix", "not a header's value", "visible characters and spaces");
    }
  }

  private void checkSecret(String field, @Nullable String name) {
    if (name == null || !OBJECT_NAME.matcher(name).matches()) {
      report(
          field + ".secretName",
          String.valueOf(name),
          "the name of a Secret: letters in lower case, digits, . and -");
    }
  }

  private void checkKey(String field, String key) {
    if (!DATA_KEY.matcher(key).matches()) {
      report(field + ".key", key, "a key of a Secret: letters, digits, . _ and -");
    }
  }

  private void report(String field, String value, String expected) {
    violations.add(new Violation("spec.collector" + field, value, expected));
  }
}
