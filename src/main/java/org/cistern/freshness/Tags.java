package org.cistern.freshness;

import java.util.LinkedHashSet;
import java.util.Set;
import org.cistern.http.Headers;
import org.cistern.http.directive.Members;
import org.cistern.http.structured.StructuredList;
import org.cistern.http.uri.Target;
import org.cistern.http.uri.UrlVariation;
import org.cistern.rule.Rule;
import org.cistern.rule.Rule.TagSource;

/** The tags that a response can be purged by. */
public final class Tags {

  /** More than RFC 9875 section 2.1 asks for, and little enough for a row. */
  private static final int MOST = 256;

  private static final int LONGEST = 256;

  private Tags() {}

  /**
   * Returns the tags of a response: the rule's, those of {@code Cache-Tag}, {@code Surrogate-Key}
   * and {@code xkey}, those of the fields that the rule names, and its cache groups (RFC 9875),
   * these both by their own name and bound to the origin; the path's where the response answers
   * several of its queries. At most 256; longer ones than 256 characters are left out.
   */
  public static Set<String> of(Target target, Headers headers, Rule rule) {
    Set<String> tags = new LinkedHashSet<>(known(target, rule));
    if (rule.plan().heedsVariation() && UrlVariation.of(headers) != null) {
      tags.add(ofPath(target));
    }
    for (String group : StructuredList.strings(headers.all("Cache-Groups"))) {
      add(tags, ofGroup(target, group));
      add(tags, group);
    }
    split(headers, "Cache-Tag", ",", tags);
    split(headers, "Surrogate-Key", " \t", tags);
    split(headers, "xkey", " \t", tags);
    for (TagSource source : rule.keep().tagsFrom()) {
      String header = source.header();
      if (header != null) {
        split(headers, header, ", \t", tags);
      }
    }
    return tags;
  }

  /**
   * Returns the tags that are known before the response: the rule's own, and the path's where the
   * key has not the whole query.
   */
  public static Set<String> known(Target target, Rule rule) {
    if (rule.plan().holdsQuery()) {
      return rule.keep().tags();
    }
    Set<String> tags = new LinkedHashSet<>(rule.keep().tags());
    tags.add(ofPath(target));
    return tags;
  }

  /**
   * Returns the tag of all answers of a path that are kept for several of its queries. A purge of
   * any URI of the path covers what has it.
   */
  public static String ofPath(Target target) {
    return "path " + target.scheme() + "://" + target.host() + target.path();
  }

  /**
   * Returns the tag of a cache group: groups of one name at two origins are two (RFC 9875 section
   * 2).
   */
  public static String ofGroup(Target target, String group) {
    return "group " + target.scheme() + "://" + target.host() + ' ' + group;
  }

  private static void split(Headers headers, String name, String separators, Set<String> tags) {
    for (String line : headers.all(name)) {
      for (String tag : Members.of(line, separators)) {
        add(tags, tag);
      }
    }
  }

  private static void add(Set<String> tags, String tag) {
    if (!tag.isEmpty() && tag.length() <= LONGEST && tags.size() < MOST) {
      tags.add(tag);
    }
  }
}
