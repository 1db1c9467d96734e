/// `REGISTRY/REPOSITORY[:TAG]`; the tag is empty when none is given.
record ImageReference(String registry, String repository, String tag) {

  static ImageReference parse(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw new IllegalArgumentException(
          "target: " + text + " (expected: REGISTRY/REPOSITORY[:TAG])");
    }
    var path = text.substring(slash + 1);
    int colon = path.lastIndexOf(':');
    return colon < 0
        ? new ImageReference(text.substring(0, slash), path, "")
        : new ImageReference(
            text.substring(0, slash), path.substring(0, colon), path.substring(colon + 1));
  }

  /// Plain HTTP only where nobody else can listen.
  String baseAddress() {
    boolean loopback = registry.matches("(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");
    return (loopback ? "http://" : "https://") + registry;
  }
}
