/** A local gateway that speaks the wires of payment providers: stateful, signed, scripted. */
@NullMarked
package org.ampay.app.sandbox;

import org.jspecify.annotations.NullMarked;
