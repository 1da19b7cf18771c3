"""The addresses of allauth that are open here: the sign-in, and one's own second factors. Their names are allauth's."""

from allauth.account.views import LogoutView, ReauthenticateView, SignupView
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, reverse_lazy

from sajja.org.door import open_to_all, own_account
from sajja.org.views import sign_in

remove_passkey = passkeys.RemoveWebAuthnView.as_view(pk_url_kwarg="passkey", success_url=reverse_lazy("mfa_index"))

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/second/", open_to_all(second.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", open_to_all(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/again/", own_account(ReauthenticateView.as_view()), name="account_reauthenticate"),
    path("sign-in/again/code/", own_account(second.reauthenticate), name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", own_account(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("sign-up/", open_to_all(SignupView.as_view()), name="account_signup"),
    path("sign-out/", open_to_all(LogoutView.as_view()), name="account_logout"),
    path("account/second-factor/", own_account(second.index), name="mfa_index"),
    path("account/second-factor/app/", own_account(app.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", own_account(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-factor/passkey/", own_account(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/second-factor/passkey/<int:passkey>/remove/", own_account(remove_passkey), name="mfa_remove_webauthn"),
    path("account/second-factor/codes/", own_account(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", own_account(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/second-factor/codes/file/", own_account(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
