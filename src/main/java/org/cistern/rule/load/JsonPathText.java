package org.cistern.rule.load;

import java.util.regex.Pattern;

/**
 * The form of a JSON path that tags are read with: {@code $}, then names ({@code .name}), all items
 * ({@code [*]}) or one ({@code [0]}).
 */
final class JsonPathText {

  private static final Pattern FORM =
      Pattern.compile("\\$(\\.[A-Za-z0-9_@-]+|\\[\\*]|\\[[0-9]{1,9}]){1,32}");

  private JsonPathText() {}

  static String of(Value value) {
    String text = Scalars.text(value);
    if (!FORM.matcher(text).matches()) {
      throw new Unreadable(value, "is " + value.shown() + "; a path as in $.items[*].id is needed");
    }
    return text;
  }
}
