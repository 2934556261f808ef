package org.cistern.camel.guard;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.jspecify.annotations.Nullable;

/** Tells from a step's definition whether it may read the body. What is not known counts as so. */
final class Readers {

  /** Components whose steps are looked at by themselves, and those that send no body on. */
  private static final Set<String> BLIND_SCHEMES =
      Set.of("cistern", "direct", "kamelet", "micrometer");

  /** Steps that only hold others, and those that read what their expressions read. */
  private static final Set<String> BLIND_STEPS =
      Set.of(
          "choice",
          "circuitBreaker",
          "convertHeaderTo",
          "convertVariableTo",
          "delay",
          "doTry",
          "filter",
          "kamelet",
          "log",
          "pipeline",
          "removeHeader",
          "removeHeaders",
          "removeProperties",
          "removeProperty",
          "removeVariable",
          "rollback",
          "sample",
          "setBody",
          "setExchangePattern",
          "setHeader",
          "setHeaders",
          "setProperty",
          "setVariable",
          "setVariables",
          "step",
          "stop",
          "threads",
          "throttle",
          "throwException",
          "transform",
          "validate");

  /** Languages that look at what they are told to look at. */
  private static final Set<String> BLIND_LANGUAGES =
      Set.of("constant", "exchangeProperty", "header", "variable");

  private static final Set<String> TEMPLATES = Set.of("simple", "csimple");

  private static final Pattern BODY =
      Pattern.compile(
          "body|\\$\\{(?:message|in|exchange)[.}:]|\\$\\{(?:bean|messageAs|pretty|jq|jsonpath|xpath)",
          Pattern.CASE_INSENSITIVE);

  private Readers() {}

  /**
   * Tells whether a step may read the body.
   *
   * @param scheme the component that it asks, empty where that is known at run time only, or null
   */
  static boolean reads(NamedNode step, @Nullable String scheme) {
    if (scheme != null) {
      return !BLIND_SCHEMES.contains(scheme);
    }
    return !BLIND_STEPS.contains(step.getShortName()) || expressionsRead(step);
  }

  private static boolean expressionsRead(NamedNode step) {
    if (step instanceof ChoiceDefinition choice) {
      return choice.getWhenClauses().stream().anyMatch(Readers::expressionsRead);
    }
    if (step instanceof SetHeadersDefinition headers) {
      return headers.getHeaders().stream().anyMatch(Readers::expressionsRead);
    }
    if (step instanceof SetVariablesDefinition variables) {
      return variables.getVariables().stream().anyMatch(Readers::expressionsRead);
    }
    if (step instanceof LogDefinition log) {
      return names(log.getMessage());
    }
    return step instanceof ExpressionNode node && reads(node.getExpression());
  }

  private static boolean reads(@Nullable ExpressionDefinition expression) {
    if (expression == null) {
      return false;
    }
    String language = expression.getLanguage();
    if (language != null && TEMPLATES.contains(language)) {
      return names(expression.getExpression());
    }
    return language == null || !BLIND_LANGUAGES.contains(language);
  }

  private static boolean names(@Nullable String text) {
    return text != null && BODY.matcher(text).find();
  }
}
