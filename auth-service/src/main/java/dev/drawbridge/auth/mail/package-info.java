/// Letters to people, by SMTP, where a mail server is configured.
@NullMarked
package dev.drawbridge.auth.mail;

import org.jspecify.annotations.NullMarked;
