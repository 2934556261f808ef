package org.cistern.conformance;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 message as its bytes say, line by line and with nothing made better. */
record Message(String start, List<Line> lines, byte[] body) {

  /** A field line. */
  record Line(String name, String value) {}

  /** Reads the start line and the fields; null where the connection ends before. */
  static @Nullable Message head(InputStream in) throws IOException {
    String start = line(in);
    if (start == null) {
      return null;
    }
    List<Line> lines = new ArrayList<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      lines.add(new Line(line.substring(0, colon), line.substring(colon + 1).trim()));
    }
    return new Message(start, lines, new byte[0]);
  }

  /** Reads the body that belongs to this head. */
  Message withBody(InputStream in, boolean untilClose) throws IOException {
    String length = joined("content-length");
    if ("chunked".equalsIgnoreCase(joined("transfer-encoding"))) {
      return new Message(start, lines, chunks(in));
    }
    if (length != null) {
      return new Message(start, lines, exactly(in, Integer.parseInt(length)));
    }
    return untilClose ? new Message(start, lines, in.readAllBytes()) : this;
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      all.write(exactly(in, size));
      line(in);
    }
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {}
    return all.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      throw new EOFException("the body ends before its last chunk");
    }
    return Integer.parseInt(line.split(";", 2)[0].trim(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body has " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Returns the word of the start line at a position, or an empty text. */
  String word(int index) {
    String[] words = start.split(" ", 3);
    return index < words.length ? words[index] : "";
  }

  /** Returns the status code of a response. */
  int status() {
    return Integer.parseInt(word(1));
  }

  /** Returns all lines of a name, joined by comma and space, or null. */
  @Nullable String joined(String name) {
    List<String> values =
        lines.stream().filter(l -> l.name().equalsIgnoreCase(name)).map(Line::value).toList();
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /** Returns the leading integer of a field, or -1. */
  long number(String name) {
    String value = joined(name);
    String digits = value == null ? "" : value.replaceAll("^(-?\\d*).*$", "$1");
    return digits.isEmpty() ? -1 : Long.parseLong(digits);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
