package org.cistern.state;

import org.cistern.http.uri.Target;
import org.cistern.purge.Purge.Scope;

/** The two columns that a purge's scope has, readable with any SQLite tool. */
record ScopeText(String kind, String what) {

  static ScopeText of(Scope scope) {
    if (scope instanceof Scope.Uri uri) {
      return new ScopeText("uri", uri.target().uri());
    } else if (scope instanceof Scope.Pattern pattern) {
      return new ScopeText("pattern", pattern.host() + ' ' + pattern.pattern());
    } else if (scope instanceof Scope.Tag tag) {
      return new ScopeText("tag", tag.tag());
    } else if (scope instanceof Scope.ByRule rule) {
      return new ScopeText("rule", rule.rule());
    } else if (scope instanceof Scope.User user) {
      return new ScopeText("user", user.owner());
    }
    return new ScopeText("everything", "");
  }

  Scope scope() {
    return switch (kind) {
      case "uri" -> new Scope.Uri(Target.ofUri(what));
      case "pattern" -> pattern(what.indexOf(' '));
      case "tag" -> new Scope.Tag(what);
      case "rule" -> new Scope.ByRule(what);
      case "user" -> new Scope.User(what);
      case "everything" -> new Scope.Everything();
      default -> throw new IllegalStateException("state.db has a barrier of kind '" + kind + "'");
    };
  }

  private Scope pattern(int space) {
    return new Scope.Pattern(what.substring(0, space), what.substring(space + 1));
  }
}
