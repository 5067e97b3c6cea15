//! Les morceaux de page partagés, figés.

use askama::Template;
use web::composants::{Alerte, Badge, Champ, Choix, Genre, Ton};

#[test]
fn un_badge_dit_son_etat_en_toutes_lettres() {
    let badge = Badge::nouveau(Ton::Succes, "Éligible & complet").render().expect("badge");
    insta::assert_snapshot!(badge, @r#"<span class="fr-badge fr-badge--success">Éligible &#38; complet</span>"#);
}

#[test]
fn une_alerte_porte_son_lien() {
    let alerte = Alerte::nouvelle(Ton::Erreur, "Refusé", "Pourquoi.").avec("Quoi faire", "/ici");
    insta::assert_snapshot!(alerte.render().expect("alerte"));
}

#[test]
fn un_champ_relie_son_aide_et_son_erreur_a_sa_saisie() {
    let mut champ =
        Champ::nouveau("dette", "Dette", Genre::Montant).aide("En euros.").rempli("douze");
    champ.erreur = "Ce n'est pas un montant.".to_owned();
    insta::assert_snapshot!(champ.render().expect("champ"));
}

#[test]
fn une_liste_de_choix_garde_celui_de_la_personne() {
    let choix = Choix::liste(&[("", "Ne sait pas"), ("oui", "Oui")], "");
    let champ = Champ::nouveau("aide", "Aide", Genre::Choix(choix)).obligatoire().rempli("oui");
    insta::assert_snapshot!(champ.render().expect("champ"));
}
