package org.cistern.http.uri;

import org.cistern.http.Fields;

/** What a decision needs to know of a request: its method, its target, its fields. */
public interface Request {

  /** Returns the method as sent; methods are case-sensitive (RFC 9110 section 9.1). */
  String method();

  /** Returns the normalised target. */
  Target target();

  /** Returns the fields as received. */
  Fields fields();
}
