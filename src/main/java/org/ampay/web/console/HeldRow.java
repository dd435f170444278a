package org.ampay.web.console;

import org.ampay.ocpi.cdr.CdrStore;

/** A CDR that is held back, with its partner's name. */
public record HeldRow(CdrStore.Held held, String partner) {}
