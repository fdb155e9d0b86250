/// Groups of users and of groups.
@NullMarked
package dev.drawbridge.auth.group;

import org.jspecify.annotations.NullMarked;
