"""Addresses under `/admin/account/`; they belong to the namespace of the admin."""

from django.urls import path

from newsroom.staff import factor_views, password_views

urlpatterns = [
    path("", factor_views.account, name="account"),
    path("second-factor/", factor_views.second_factor, name="second_factor"),
    path("second-factor/app/", factor_views.set_up, name="second_factor_set_up"),
    path("second-factor/<int:pk>/remove/", factor_views.remove_factor, name="second_factor_remove"),
    path("passkeys/add/", factor_views.add_passkey, name="passkey_add"),
    path("passkeys/login/", factor_views.passkey_login, name="passkey_login"),
    path("recovery-codes/", factor_views.recovery_codes, name="recovery_codes"),
    path("recovery-codes/renew/", factor_views.renew_codes, name="recovery_codes_renew"),
    path("forgotten/", password_views.forgotten, name="forgotten"),
    path("forgotten/sent/", password_views.reset_sent, name="reset_sent"),
    path("reset/<str:key>/<str:token>/", password_views.reset, name="reset"),
    path("invitation/<str:key>/<str:token>/", password_views.invitation, name="invitation"),
]
