package org.cistern.purge;

/** A barrier is in force, but could not be written down: an outcome, without a stack trace. */
public final class NotKept extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Why why;

  /** Makes an outcome with its reason and a sentence for the operator. */
  public NotKept(Why why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  /** Returns why it could not be written. */
  public Why why() {
    return why;
  }

  /** Why a barrier could not be written down. */
  public enum Why {
    /** The disk has no room left. */
    DISK_FULL("disk-full"),
    /** Too many writes wait already. */
    BUSY("store-busy"),
    /** The store is closed. */
    CLOSED("store-closed"),
    /** The store failed in another way; the message says which. */
    FAILED("store-failed");

    private final String label;

    Why(String label) {
      this.label = label;
    }

    /** Returns the name used in metrics, logs and answers. */
    public String label() {
      return label;
    }
  }
}
