package org.cistern.rule.load;

import java.util.ArrayList;
import java.util.List;
import org.cistern.rule.Problem;
import org.cistern.rule.Problem.Severity;
import org.cistern.rule.load.Value.Place;

/** Collects all remarks on one source of rules. */
final class Problems {

  private final String file;
  private final List<Problem> all = new ArrayList<>();
  private int errors;

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void error(Place place, String field, String sentence) {
    errors++;
    add(Severity.ERROR, place, field, sentence);
  }

  void warning(Place place, String field, String sentence) {
    add(Severity.WARNING, place, field, sentence);
  }

  void note(Place place, String field, String sentence) {
    add(Severity.NOTE, place, field, sentence);
  }

  private void add(Severity severity, Place place, String field, String sentence) {
    all.add(new Problem(severity, file, place.line(), place.column(), field, sentence));
  }

  int errors() {
    return errors;
  }

  List<Problem> all() {
    return all;
  }
}
