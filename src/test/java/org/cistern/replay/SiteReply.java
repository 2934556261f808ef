package org.cistern.replay;

import java.util.Map;
import java.util.TreeMap;

/**
 * A response as a site sends it.
 *
 * @param fields by their names in lower case
 */
record SiteReply(int status, Map<String, String> fields, byte[] body) {

  SiteReply {
    fields = new TreeMap<>(fields);
  }

  /** Returns one whose Content-Length is that of the body. */
  static SiteReply of(int status, Map<String, String> fields, byte[] body) {
    return new SiteReply(status, fields, body).with("content-length", "" + body.length);
  }

  /** Returns it with one field more. */
  SiteReply with(String name, String value) {
    Map<String, String> more = new TreeMap<>(fields);
    more.put(name, value);
    return new SiteReply(status, more, body);
  }

  /** Returns it as an answer to HEAD: the fields alone. */
  SiteReply withoutBody() {
    return new SiteReply(status, fields, new byte[0]);
  }

  /** Returns the head with its empty line. */
  String head() {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " -\r\n");
    fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }
}
