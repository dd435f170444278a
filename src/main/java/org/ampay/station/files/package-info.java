/** Files that go between stations and us: uploads of logs, firmware images, their signed links. */
@NullMarked
package org.ampay.station.files;

import org.jspecify.annotations.NullMarked;
