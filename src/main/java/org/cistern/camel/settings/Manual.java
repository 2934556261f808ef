package org.cistern.camel.settings;

/** All settings in writing: the table of README, and {@code application.properties} as shipped. */
public final class Manual {

  private static final String NAMED =
      "| `cistern.upstream.NAME.url` |  | A further upstream, for rules and routes to name;"
          + " everything of `cistern.upstream` can be set for it as well | as for each of these |\n";

  private Manual() {}

  /** Returns all settings as a table in Markdown. */
  public static String table() {
    StringBuilder table =
        new StringBuilder("| setting | default | what | allowed |\n|---|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      String fallback = setting.fallback();
      table.append("| `").append(setting.key()).append("` | ");
      table.append(fallback.isEmpty() ? "" : "`" + fallback + "`");
      table.append(" | ").append(setting.sentence());
      table.append(" | ").append(setting.kind().allowed()).append(" |\n");
    }
    return table.append(NAMED).toString();
  }

  /** Returns all settings as a file of properties, each one with its default and commented out. */
  public static String file() {
    StringBuilder file =
        new StringBuilder(
            """
            # Where the gateway runs and what it keeps: every setting, commented out, with its default.
            # An environment variable of the same name, in upper case and with underscores for dots and
            # hyphens (CISTERN_UPSTREAM_URL), goes before the line here. A change needs a restart.
            """);
    for (Setting setting : Setting.values()) {
      file.append('\n');
      file.append("# ").append(setting.sentence()).append(". Allowed: ");
      file.append(setting.kind().allowed()).append(".\n");
      file.append(("# " + setting.key() + " = " + setting.fallback()).strip()).append('\n');
    }
    return file.toString();
  }
}
