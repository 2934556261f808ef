package org.cistern.camel;

import java.util.ArrayList;
import java.util.List;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.Settings;
import org.cistern.freshness.Statuses;
import org.cistern.rule.Identity;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.IdentitySource.Kind;
import org.cistern.rule.Strategy;

/** What rules want that the settings do not give. */
final class Wanting {

  private Wanting() {}

  /** Returns a sentence for each thing that the rule wants in vain. */
  static List<String> of(Rule rule, Settings settings) {
    List<String> sentences = new ArrayList<>();
    if (rule.keep().strategy() == Strategy.REDIS) {
      sentences.add(
          "rule '"
              + rule.id()
              + "' keeps its answers in Redis alone, and this version has no Redis tier yet:"
              + " nothing of it is stored");
    }
    later(rule, sentences);
    statuses(rule, sentences);
    if (rule.key().perUser()) {
      identity(rule, settings, sentences);
    }
    return sentences;
  }

  private static void later(Rule rule, List<String> sentences) {
    if (rule.warmup() != null) {
      sentences.add(
          "rule '" + rule.id() + "' has a warmup, and this version keeps nothing warm yet");
    }
    if (!rule.keep().tags().isEmpty() || !rule.keep().tagsFrom().isEmpty()) {
      sentences.add(
          "rule '"
              + rule.id()
              + "' has tags, and this version cannot be told to purge by them yet");
    }
  }

  private static void statuses(Rule rule, List<String> sentences) {
    rule.keep().statusCodes().stream()
        .filter(Statuses::neverStored)
        .sorted()
        .map(
            status ->
                "rule '"
                    + rule.id()
                    + "' lists status "
                    + status
                    + ", which answers one request alone: it is never kept")
        .forEach(sentences::add);
  }

  private static void identity(Rule rule, Settings settings, List<String> sentences) {
    boolean keys = settings.has(Setting.JWT_JWKS_URL) || settings.has(Setting.JWT_JWKS_FILE);
    if (uses(rule, Kind.CLAIM) && !keys) {
      sentences.add(
          "rule '"
              + rule.id()
              + "' knows users by a claim, and neither cistern.jwt.jwks-url nor"
              + " cistern.jwt.jwks-file is set: no claim is believed");
    }
    if (uses(rule, Kind.CERTIFICATE) && !settings.has(Setting.TLS_CLIENT_CA)) {
      sentences.add(
          "rule '"
              + rule.id()
              + "' knows users by their certificate, and cistern.tls.client-ca is"
              + " not set: no client is asked for one");
    }
    if (!settings.has(Setting.TRUSTED_PROXIES)) {
      headers(rule, sentences);
    }
  }

  private static void headers(Rule rule, List<String> sentences) {
    rule.key().identity().stream()
        .filter(Identity::needsTrustedProxy)
        .map(
            source ->
                "rule '"
                    + rule.id()
                    + "' knows users by the header "
                    + source.name()
                    + ", and cistern.trusted-proxies is not set: nobody's is believed")
        .forEach(sentences::add);
  }

  private static boolean uses(Rule rule, Kind kind) {
    return rule.key().identity().stream().anyMatch(source -> source.kind() == kind);
  }
}
