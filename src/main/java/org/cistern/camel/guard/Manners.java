package org.cistern.camel.guard;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.jspecify.annotations.Nullable;

/** Tells from a step's definition how it behaves. What is not known counts as blocking. */
final class Manners {

  /** Components whose producers hand their work over and call back. */
  private static final Set<String> LIGHT_SCHEMES =
      Set.of(
          "cistern",
          "direct",
          "kamelet",
          "log",
          "mock",
          "seda",
          "stub",
          "caffeine-cache",
          "micrometer",
          "netty-http",
          "vertx-http",
          "vertx-websocket");

  /** Steps that only look at the exchange or change it, and those that only hold other steps. */
  private static final Set<String> LIGHT_STEPS =
      Set.of(
          "choice",
          "claimCheck",
          "convertBodyTo",
          "convertHeaderTo",
          "convertVariableTo",
          "doTry",
          "filter",
          "kamelet",
          "log",
          "multicast",
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
          "split",
          "step",
          "stop",
          "threads",
          "throwException",
          "transform",
          "validate",
          "wireTap");

  /** Parts of a step, which that step makes and needs as they are. */
  private static final Set<String> PARTS =
      Set.of("doCatch", "doFinally", "onFallback", "onWhen", "otherwise", "when");

  /** Languages that compute and do nothing else. */
  private static final Set<String> LIGHT_LANGUAGES =
      Set.of(
          "constant",
          "csimple",
          "exchangeProperty",
          "header",
          "jsonpath",
          "jq",
          "simple",
          "tokenize",
          "variable",
          "wasm",
          "xpath");

  private final CamelContext context;

  Manners(CamelContext context) {
    this.context = context;
  }

  Manner of(NamedNode step) {
    if (PARTS.contains(step.getShortName())) {
      return Manner.OURS;
    }
    String scheme = scheme(step);
    if (scheme == null) {
      boolean light = LIGHT_STEPS.contains(step.getShortName()) && computesOnly(step);
      return light ? Manner.LIGHT : Manner.BLOCKING;
    }
    if (scheme.equals("cistern")) {
      return Manner.OURS;
    }
    return LIGHT_SCHEMES.contains(scheme) ? Manner.LIGHT : Manner.BLOCKING;
  }

  /** Tells whether the step may read the body. */
  boolean readsBody(NamedNode step) {
    return Readers.reads(step, scheme(step));
  }

  /** Returns what the step is, in a word: its component, or the name of the step itself. */
  String component(NamedNode step) {
    String scheme = scheme(step);
    return scheme == null || scheme.isEmpty() ? step.getShortName() : scheme;
  }

  /** Returns the endpoint that a step asks, placeholders filled in, or null where it asks none. */
  @Nullable String uri(NamedNode step) {
    String text = null;
    if (step instanceof SendDefinition<?> send && !step.getShortName().equals("wireTap")) {
      text = send.getEndpointUri();
    } else if (step instanceof ToDynamicDefinition dynamic
        && !step.getShortName().equals("wireTap")) {
      text = dynamic.getUri();
    } else if (step instanceof EnrichDefinition enrich) {
      text = enrich.getExpression() == null ? null : enrich.getExpression().getExpression();
    } else if (step instanceof KameletDefinition kamelet) {
      text = "kamelet:" + kamelet.getName();
    }
    return text == null ? null : context.resolvePropertyPlaceholders(text);
  }

  /** Returns the component's scheme; empty where it is known at run time only; null without one. */
  private @Nullable String scheme(NamedNode step) {
    String uri = uri(step);
    if (uri == null) {
      return null;
    }
    int end = 0;
    while (end < uri.length() && isSchemeCharacter(uri.charAt(end))) {
      end++;
    }
    boolean whole = end == uri.length() || uri.charAt(end) == ':' || uri.charAt(end) == '?';
    return whole ? uri.substring(0, end).toLowerCase(Locale.ROOT) : "";
  }

  private static boolean isSchemeCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
  }

  private static boolean computesOnly(NamedNode step) {
    if (step instanceof ChoiceDefinition choice) {
      return choice.getWhenClauses().stream().allMatch(Manners::computesOnly);
    }
    if (step instanceof SetHeadersDefinition headers) {
      return headers.getHeaders().stream().allMatch(Manners::computesOnly);
    }
    if (step instanceof SetVariablesDefinition variables) {
      return variables.getVariables().stream().allMatch(Manners::computesOnly);
    }
    return !(step instanceof ExpressionNode node) || isLight(node.getExpression());
  }

  private static boolean isLight(@Nullable ExpressionDefinition expression) {
    if (expression == null) {
      return true;
    }
    String language = expression.getLanguage();
    String text = expression.getExpression();
    boolean asksBean = text != null && text.contains("${bean");
    return !asksBean && (language == null || LIGHT_LANGUAGES.contains(language));
  }
}
