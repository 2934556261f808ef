package org.cistern.camel.guard;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.PropertyBindingException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence which line of Camel's in {@code application.properties} is wrong. */
final class PropertyMistake {

  private static final Pattern BEAN = Pattern.compile("Cannot resolve bean with name (\\S+)");

  private static final Pattern OWNER =
      Pattern.compile(
          "Error configuring property: (\\S+) because cannot find (\\S+) with name ([^.\\s]+)");

  private static final Pattern PLACEHOLDER =
      Pattern.compile("Property with key \\[(.*?)\\] not found in properties from text: (.*)");

  private PropertyMistake() {}

  /** Returns the sentence, or null where the failure is not a line's. */
  static @Nullable String sentence(List<Throwable> causes) {
    return causes.stream()
        .map(PropertyMistake::line)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .map("application.properties: "::concat)
        .orElse(null);
  }

  private static @Nullable String line(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof PropertyBindingException binding) {
      return binding.getOptionPrefix() == null ? null : bound(binding);
    }
    Matcher owner = OWNER.matcher(message);
    if (owner.find()) {
      return "%s: %s"
          .formatted(owner.group(1), MistakeWords.missing(owner.group(2), owner.group(3)));
    }
    return unnamed(message);
  }

  private static @Nullable String unnamed(String message) {
    Matcher bean = BEAN.matcher(message);
    if (bean.find()) {
      return "there is no bean camel.beans." + bean.group(1) + ", of which properties are set";
    }
    Matcher placeholder = PLACEHOLDER.matcher(message);
    return placeholder.find()
        ? "there is no property %s, which %s asks for"
            .formatted(placeholder.group(1), placeholder.group(2))
        : null;
  }

  /** The value of what is no option may be a password, misspelt. */
  private static String bound(PropertyBindingException binding) {
    String key = binding.getOptionPrefix() + binding.getOptionKey();
    if (binding.getCause() == null) {
      return key + " is not an option";
    }
    return MistakeWords.isOfClass(binding)
        ? key + ": " + MistakeWords.of(binding)
        : key + " is '" + binding.getValue() + "', which is not a value of its kind";
  }
}
