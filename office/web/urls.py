"""Addresses of sign-in; the front page mounts favicon and robots beside itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("password/", views.ChangePassword.as_view(), name="password_change"),
    path("password/done/", views.PasswordChanged.as_view(), name="password_change_done"),
]
