//! Les essais des pages : par le routeur, sur une vraie base.

#[cfg(test)]
mod tout {
    mod appareil;
    mod composants;
    mod connexion;
    mod parcours;
    mod regles;
    mod routes;
}
