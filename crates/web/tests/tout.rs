//! Les essais des pages : par le routeur, sur une vraie base.

#[path = "tout/appareil.rs"]
mod appareil;
#[path = "tout/connexion.rs"]
mod connexion;
#[path = "tout/regles.rs"]
mod regles;
#[path = "tout/routes.rs"]
mod routes;
