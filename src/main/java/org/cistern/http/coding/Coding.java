package org.cistern.http.coding;

/** A content coding (RFC 9110 section 8.4.1) that Cistern can make or undo. */
public enum Coding {
  /** No coding at all. */
  IDENTITY("identity"),
  /** RFC 1952. */
  GZIP("gzip"),
  /** RFC 7932. */
  BR("br"),
  /** RFC 8878. */
  ZSTD("zstd");

  private final String token;

  Coding(String token) {
    this.token = token;
  }

  /** Returns the name as it stands in Content-Encoding. */
  public String token() {
    return token;
  }
}
