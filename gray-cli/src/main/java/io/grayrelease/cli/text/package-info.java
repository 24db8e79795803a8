/**
 * Where the text of a policy comes from: start at {@link io.grayrelease.cli.text.PolicyText}. A new kind of place is one
 * more implementation, and one more line in {@code PolicyText.at}.
 */
package io.grayrelease.cli.text;
