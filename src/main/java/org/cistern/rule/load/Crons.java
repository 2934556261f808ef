package org.cistern.rule.load;

import java.text.ParseException;
import org.quartz.CronExpression;

/** Reads cron expressions, as Quartz will. */
final class Crons {

  private Crons() {}

  /** Returns an expression that Quartz can read. */
  static String expression(Value value) {
    String text = Scalars.text(value);
    try {
      CronExpression.validateExpression(text);
      return text;
    } catch (ParseException e) {
      throw new Unreadable(
          value,
          "is %s, which Quartz cannot read (%s); a cron expression is needed, such as '0 */15 6-20 ? * MON-FRI'"
              .formatted(value.shown(), why(e)));
    }
  }

  /** Some of what Quartz says has an exception of the JDK behind it, in brackets. */
  private static String why(ParseException e) {
    return String.valueOf(e.getMessage()).split(" \\(java\\.", 2)[0];
  }
}
