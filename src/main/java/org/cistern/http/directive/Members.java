package org.cistern.http.directive;

import java.util.ArrayList;
import java.util.List;

/** The members of a list in one line, where none of them can be quoted. */
public final class Members {

  private Members() {}

  /** Returns what stands between commas, white space around it taken off, empty ones left out. */
  public static List<String> of(String line) {
    return of(line, ",");
  }

  /** Returns the same of what stands between any of these characters. */
  public static List<String> of(String line, String separators) {
    List<String> members = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= line.length(); at++) {
      if (at == line.length() || separators.indexOf(line.charAt(at)) >= 0) {
        String member = line.substring(start, at).strip();
        start = at + 1;
        if (!member.isEmpty()) {
          members.add(member);
        }
      }
    }
    return members;
  }
}
