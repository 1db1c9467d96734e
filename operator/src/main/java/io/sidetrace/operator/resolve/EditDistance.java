package io.sidetrace.operator.resolve;

/// How many single letters must be changed, added or removed to turn one text into another.
final class EditDistance {
  private EditDistance() {}

  static int between(String left, String right) {
    var previous = new int[right.length() + 1];
    for (var column = 0; column < previous.length; column++) {
      previous[column] = column;
    }
    for (var row = 1; row <= left.length(); row++) {
      var current = new int[previous.length];
      current[0] = row;
      for (var column = 1; column < current.length; column++) {
        var changed = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        var addedOrRemoved = Math.min(current[column - 1], previous[column]) + 1;
        current[column] = Math.min(previous[column - 1] + changed, addedOrRemoved);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
