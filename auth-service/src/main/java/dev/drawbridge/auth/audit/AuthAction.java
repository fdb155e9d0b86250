package dev.drawbridge.auth.audit;

import dev.drawbridge.audit.Action;

/// What is done at auth-service.
public enum AuthAction implements Action {
    SIGN_IN("session.begin"),
    SIGN_OUT("session.end"),
    SIGN_OUT_ALL("session.end-all"),
    PROVE("session.prove"),
    EXCHANGE("credential.exchange"),
    TOKEN_FIRST_USE("token.first-use"),
    TOKEN_CREATE("token.create"),
    TOKEN_ROTATE("token.rotate"),
    TOKEN_REVOKE("token.revoke"),
    USER_CREATE("user.create"),
    USER_CHANGE("user.change"),
    USER_UNLOCK("user.unlock"),
    SECOND_FACTOR_ENROL("second-factor.enrol"),
    SECOND_FACTOR_SHOW("second-factor.show"),
    SECOND_FACTOR_CODES("second-factor.codes"),
    SECOND_FACTOR_REMOVE("second-factor.remove"),
    IDENTITY_LINK("identity.link"),
    IDENTITY_UNLINK("identity.unlink"),
    USER_MAP("user.map"),
    INVITATION_CREATE("invitation.create"),
    INVITATION_DELETE("invitation.delete"),
    PASSWORD_CHANGE("password.change"),
    PASSWORD_RESET("password.reset"),
    PASSWORD_RESET_LINK("password.reset-link"),
    PROFILE_CHANGE("profile.change"),
    EMAIL_ASK("email.ask"),
    EMAIL_CHANGE("email.change"),
    USER_DELETE("user.delete"),
    GROUP_CREATE("group.create"),
    GROUP_CHANGE("group.change"),
    GROUP_DELETE("group.delete"),
    MEMBER_ADD("member.add"),
    MEMBER_REMOVE("member.remove"),
    GRANT_CREATE("grant.create"),
    GRANT_CHANGE("grant.change"),
    GRANT_DELETE("grant.delete"),
    KEY_ROTATE("key.rotate"),
    AUDIT_EXPORT("audit.export");

    private final String text;

    AuthAction(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
