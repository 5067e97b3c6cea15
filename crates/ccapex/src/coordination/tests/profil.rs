//! Ce qu'un territoire dit de ses alertes, de ses cas complexes et de ses listes.

use std::fs;
use std::path::Path;

use droit::delai::Delai;
use droit::montant::Montant;

use super::pas_de_calais;
use crate::acte::codes::CodeDAlerte;
use crate::profil::{CHOIX_DU_PROFIL, ConditionDeComplexite, DefautDeProfil, Profil};

/// Le profil d'essai, où un texte de `coordination.toml` est remplacé.
fn essai(texte: &str, remplace: &str) -> Result<Profil, Vec<DefautDeProfil>> {
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profils/exemples/80");
    let lire = |nom: &str| {
        (nom.to_owned(), fs::read_to_string(racine.join(nom)).expect("un fichier d'essai"))
    };
    let mut fichiers =
        ["somme.toml", "coordination.toml", "sensibilisation_locataire.typ"].map(lire);
    assert!(fichiers[1].1.contains(texte), "« {texte} » n'est plus dans le profil d'essai");
    fichiers[1].1 = fichiers[1].1.replacen(texte, remplace, 1);
    Profil::lire(&fichiers)
}

#[test]
fn les_profils_livres_decrivent_les_neuf_moments_et_tous_les_criteres() {
    for code in Profil::integres() {
        let profil = Profil::integre(code).expect("un profil livré se lit");
        for (moment, _) in CodeDAlerte::CHOIX {
            assert!(profil.moments.iter().any(|m| m.code.code() == *moment), "{code} : {moment}");
        }
        for condition in ConditionDeComplexite::TOUTES {
            let dite = profil.criteres.iter().any(|c| c.condition == *condition);
            assert!(dite, "{code} : {}", condition.code());
        }
    }
}

#[test]
fn la_charte_dit_qui_alerte_et_le_profil_avoue_le_reste() {
    let profil = pas_de_calais();
    let absence = profil.moment(CodeDAlerte::AbsenceAudience).expect("un moment de la charte");
    assert_eq!(absence.lanceurs, ["greffe"]);
    assert!(absence.source.texte.ends_with("action 4"));
    assert_eq!(absence.source_de_la_reponse.to_string(), CHOIX_DU_PROFIL);
    assert!(!absence.a_valider);
    let paris = Profil::integre("75").expect("le profil de Paris se lit");
    assert!(paris.moments.iter().all(|m| m.a_valider), "Paris les emprunte");
}

#[test]
fn les_seuils_des_listes_sont_ceux_du_territoire() {
    let charte = pas_de_calais().listes;
    assert_eq!(charte.petite_dette.valeur, Montant::euros(2_000));
    assert!(charte.petite_dette.source.texte.ends_with("II.3"));
    assert_eq!(charte.audience_proche.valeur, Delai::Jours(45));
    let essai = essai("", "").expect("le profil d'essai se lit").listes;
    assert_eq!(essai.petite_dette.valeur, Montant::euros(1_000));
}

#[test]
fn un_destinataire_a_toujours_un_nom() {
    let profil = pas_de_calais();
    #[rustfmt::skip]
    let cas = [
        ("caf",      "Service social de la CAF du Pas-de-Calais"), // un service
        ("adil",     "ADIL du Nord et du Pas-de-Calais"),          // un contact
        ("bailleur", "Bailleur"),                                  // un organisme
        ("voisin",   "voisin"),                                    // inconnu
    ];
    for (code, nom) in cas {
        assert_eq!(profil.nom_de(code), nom);
    }
    for moment in &profil.moments {
        for code in moment.destinataires.iter().chain(&moment.lanceurs) {
            assert_ne!(profil.nom_de(code), code, "{code} n'a pas de nom");
        }
    }
}

#[test]
fn un_profil_qui_se_contredit_est_refuse() {
    #[rustfmt::skip]
    let cas: &[(&str, &str, &str, &str)] = &[
        // texte                                  remplacé par                                  clé                               défaut
        ("code = \"porte_close\"",                "code = \"porte_ouverte\"",                   "moment.1.code",                  "« porte_ouverte » n'est pas un moment clé"),
        ("lanceurs = [\"service\"]",              "lanceurs = [\"voisin\"]",                    "moment.1.lanceurs",              "« voisin » n'est ni un service, ni un contact"),
        ("lanceurs = [\"service\"]",              "lanceurs = []",                              "moment.1.lanceurs",              "personne n'est nommé"),
        ("objectif = \"joindre le ménage\"\n",    "",                                           "moment.1.objectif",              "ce champ manque"),
        ("[\"service\", \"ccas\"]",               "[\"service\", \"menage\"]",                  "moment.1.reponse.destinataires", "une alerte va à un partenaire, non au ménage"),
        ("relais = \"secretariat\"",              "relais = \"ccas\"",                          "moment.1.reponse.relais",        "« ccas » reçoit déjà l'alerte"),
        ("relais = \"secretariat\"\n",            "",                                           "moment.1.reponse.relais",        "ce champ manque"),
        ("delai = \"10 jours\"",                  "delai = \"bientôt\"",                        "moment.1.reponse.delai",         "« \"bientôt\" » ne se lit pas"),
        ("[moment.reponse]",                      "[moment.reponce]",                           "moment.1.reponse",               "rien ne dit qui reçoit l'alerte"),
        ("source = \"valeurs d'essai\"\n\n[moment.reponse]", "\n[moment.reponse]",              "moment.1.source",                "rien ne dit d'où vient cette valeur"),
        ("[[critere]]",                           "[[moment]]\ncode = \"porte_close\"\nnom = \"x\"\nlanceurs = [\"ccas\"]\nobjectif = \"x\"\nsource = \"x\"\nreponse = { destinataires = [\"ccas\"], attendu = \"x\", delai = \"1 mois\", relais = \"fsl\" }\n[[critere]]", "moment.2.code", "le moment clé « porte_close » est décrit deux fois"),
        ("jamais_de_reponse_inconnu_des_services", "depression",                                "critere.1.condition",            "« depression » n'est pas une condition"),
        ("seuils = { tentatives = 2 }\n",         "",                                           "critere.1.seuils",               "la condition « jamais_de_reponse_inconnu_des_services » demande un nombre : tentatives"),
        ("tentatives = 2",                        "tentatives = 0",                             "critere.1.seuils.tentatives",    "« 0 » ne se lit pas"),
        ("tentatives = 2",                        "tentatives = 2, points = 5",                 "critere.1.seuils.points",        "champ inconnu"),
        ("[listes]",                              "[[critere]]\ncode = \"injoignable\"\nnom = \"x\"\ncondition = \"troubles\"\nsource = \"x\"\n[listes]", "critere.2.code", "« injoignable » désigne deux critères"),
        ("petite_dette = 1000",                   "petite_dette = \"1000 euros\"",              "listes.petite_dette",            "« \"1000 euros\" » ne se lit pas"),
        ("audience_proche = \"30 jours\"\n",      "",                                           "listes.audience_proche",         "ce champ manque"),
    ];
    for (texte, remplace, cle, dit) in cas {
        let defauts = essai(texte, remplace).expect_err(remplace);
        let trouve = defauts
            .iter()
            .any(|d| d.fichier == "coordination.toml" && d.cle == *cle && d.quoi.starts_with(dit));
        assert!(trouve, "« {remplace} » devait donner {cle} : {dit}\n{defauts:?}");
        assert!(defauts.iter().all(|d| !d.que_faire.is_empty()));
    }
}
