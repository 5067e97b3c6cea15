//! Les essais des pages : par le routeur, sur une vraie base.

#[cfg(test)]
mod tout {
    mod a_completer;
    mod actes;
    mod aide;
    mod api;
    mod appareil;
    mod calendrier;
    mod composants;
    mod connexion;
    mod courriers;
    mod droits;
    mod droits_au_hasard;
    mod droits_des_adresses;
    mod facteur;
    mod fournisseur;
    mod information;
    mod invitation;
    mod listes;
    mod notifications;
    mod organisme;
    mod parcours;
    mod phrases;
    mod registre;
    mod regles;
    mod reprise;
    mod routes;
    mod saisie;
    mod securite;
    mod suppleances;
    mod theme;
}
