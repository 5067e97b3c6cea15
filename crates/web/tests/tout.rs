//! Les essais des pages : par le routeur, sur une vraie base.

#[cfg(test)]
mod tout {
    mod actes;
    mod api;
    mod appareil;
    mod composants;
    mod connexion;
    mod droits;
    mod information;
    mod parcours;
    mod regles;
    mod routes;
}
