//! Les essais des pages : par le routeur, sur une vraie base.

#[cfg(test)]
mod tout {
    mod actes;
    mod api;
    mod appareil;
    mod composants;
    mod connexion;
    mod droits;
    mod droits_au_hasard;
    mod droits_des_adresses;
    mod information;
    mod parcours;
    mod registre;
    mod regles;
    mod routes;
    mod saisie;
    mod theme;
}
