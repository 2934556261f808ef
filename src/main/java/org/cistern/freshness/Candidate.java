package org.cistern.freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.cistern.http.FieldSyntax;
import org.cistern.http.directive.Members;
import org.cistern.http.directive.ResponseDirectives;
import org.cistern.http.forwarding.Forwarded;
import org.cistern.rule.Rule;

/**
 * A response that might be stored.
 *
 * @param asked the request that it answers
 * @param rule the rule that speaks of the request
 * @param response the response
 * @param said its cache directives
 * @param vary the names it varies on, lower case and sorted, the rule's own ones included
 */
record Candidate(
    Asked asked, Rule rule, Received response, ResponseDirectives said, List<String> vary) {

  static Candidate of(Asked asked, Rule rule, Received response) {
    ResponseDirectives said = ResponseDirectives.of(response.headers());
    return new Candidate(asked, rule, response, said, vary(response, rule));
  }

  /**
   * Tells whether the origin allows to share what it answered to a known user (RFC 9111 section
   * 3.5).
   */
  boolean mayBeSharedAmongUsers() {
    return said.isPublic()
        || said.mustRevalidate()
        || said.sMaxage().isPresent()
        || rule.keep().sharedDespiteAuthorization();
  }

  private static List<String> vary(Received response, Rule rule) {
    TreeSet<String> names = new TreeSet<>();
    for (String line : response.headers().all("Vary")) {
      for (String name : Members.of(line)) {
        names.add(selector(name.toLowerCase(Locale.ROOT)));
      }
    }
    if (response.codedHere() && !response.headers().has("Content-Encoding")) {
      names.remove("accept-encoding");
    }
    rule.key().varyHeaders().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    rule.key().varyCookies().forEach(name -> names.add("cookie:" + name));
    return new ArrayList<>(names);
  }

  /**
   * What the origin varies on of our own word about the client, no later request can be compared
   * by: two that sent the same may have been told apart. A rule's names mean what clients send. Nor
   * can it be by what is no name.
   */
  private static String selector(String name) {
    return Forwarded.tells(name) || !FieldSyntax.isToken(name) ? "*" : name;
  }
}
