/** What the API and the pages share: calls, answers, problems, JSON, static files. */
@NullMarked
package org.ampay.web.http;

import org.jspecify.annotations.NullMarked;
