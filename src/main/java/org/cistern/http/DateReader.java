package org.cistern.http;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one text in one of the three forms of a date; see {@link HttpDate}. */
final class DateReader {

  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private final String text;
  private int at;
  private boolean good = true;

  DateReader(String text) {
    this.text = text;
  }

  /** Returns the date, its year below 100 where two digits were given, or null. */
  @Nullable LocalDateTime read() {
    int letters = letters();
    if (letters == 3 && isDay(3)) {
      return text.startsWith(", ", 3) ? fixdate() : asctime();
    }
    return isDay(letters) ? rfc850(letters) : null;
  }

  private @Nullable LocalDateTime fixdate() {
    at = 5;
    int day = digits(2);
    expect(" ");
    int month = month();
    expect(" ");
    int year = digits(4);
    expect(" ");
    return zoned(year >= 100 ? year : -1, month, day);
  }

  private @Nullable LocalDateTime rfc850(int letters) {
    at = letters;
    expect(", ");
    int day = digits(2);
    expect("-");
    int month = month();
    expect("-");
    int year = digits(2);
    expect(" ");
    return zoned(year, month, day);
  }

  private @Nullable LocalDateTime asctime() {
    at = 3;
    expect(" ");
    int month = month();
    expect(" ");
    int day = text.startsWith(" ", at) ? digitBehindSpace() : digits(2);
    expect(" ");
    int time = time();
    expect(" ");
    int year = digits(4);
    return date(year >= 100 ? year : -1, month, day, time);
  }

  private @Nullable LocalDateTime zoned(int year, int month, int day) {
    int time = time();
    expect(" gmt");
    return date(year, month, day, time);
  }

  /** Returns the seconds of the day; a leap second is the last one of its minute. */
  private int time() {
    int hour = digits(2);
    expect(":");
    int minute = digits(2);
    expect(":");
    int second = digits(2);
    good &= hour < 24 && minute < 60 && second <= 60;
    return (hour * 60 + minute) * 60 + Math.min(second, 59);
  }

  private @Nullable LocalDateTime date(int year, int month, int day, int time) {
    if (!good || at != text.length() || year < 0) {
      return null;
    }
    try {
      return LocalDateTime.of(year, month, day, 0, 0).plusSeconds(time);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private int digitBehindSpace() {
    at++;
    return digits(1);
  }

  private int digits(int count) {
    int number = 0;
    for (int end = at + count; at < end; at++) {
      int digit = at < text.length() ? text.charAt(at) - '0' : -1;
      good &= digit >= 0 && digit <= 9;
      number = number * 10 + digit;
    }
    return number;
  }

  private int month() {
    int index = -1;
    for (int i = 0; i < MONTHS.length() && index < 0; i += 3) {
      index = text.regionMatches(true, at, MONTHS, i, 3) ? i / 3 : -1;
    }
    good &= index >= 0;
    at += 3;
    return index + 1;
  }

  private void expect(String wanted) {
    good &= text.regionMatches(true, at, wanted, 0, wanted.length());
    at += wanted.length();
  }

  private int letters() {
    int count = 0;
    while (count < text.length() && Character.isLetter(text.charAt(count))) {
      count++;
    }
    return count;
  }

  /** Tells whether the text begins with a day: three letters of its name, or the whole name. */
  private boolean isDay(int letters) {
    for (String name : DAYS) {
      boolean whole = letters == 3 || letters == name.length();
      if (whole && text.regionMatches(true, 0, name, 0, letters)) {
        return true;
      }
    }
    return false;
  }
}
