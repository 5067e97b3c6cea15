//! Les neuf moments clés, de l'alerte à la réponse, et au silence.

use droit::montant::Montant;
use jiff::civil::Date;

use super::{cours, histoire, le, pas_de_calais, porte_close};
use crate::acte::Quoi;
use crate::acte::codes::{CodeDAlerte, IssueDeComplexite, SortDEcheance, SortDeLAide};
use crate::coordination::alertes::{Attente, appeles, attentes};
use crate::cours::horloge::Horloge;
use crate::profil::Profil;

const SERVICE: &str = "departement";

fn a_la_main(code: CodeDAlerte) -> Quoi {
    Quoi::Alerte { code, destinataires: vec![] }
}

fn reponse(code: CodeDAlerte, de: &[&str]) -> Quoi {
    Quoi::AlerteReponse { code, destinataires: de.iter().map(|d| (*d).to_owned()).collect() }
}

fn absence() -> Quoi {
    Quoi::Audience { locataire_present: Some(false), renvoi_au: None }
}

fn echeance_manquee() -> Quoi {
    Quoi::EcheancePlan { issue: SortDEcheance::Manquee }
}

fn plan() -> Quoi {
    Quoi::PlanApurement { mensualite: Montant::euros(50), echeances: 24, origine: None }
}

fn aide(etape: SortDeLAide) -> Quoi {
    Quoi::AideLogement { etape }
}

fn cas(issue: IssueDeComplexite) -> Quoi {
    Quoi::CasComplexe { issue, criteres: vec![] }
}

fn attendues(actes: &[(Date, Quoi)], profil: &Profil, service: &str) -> Vec<Attente> {
    let dossier = histoire(actes);
    attentes(&cours(&dossier, &Horloge::au(le(12, 31))), profil, service)
}

fn qui(attentes: &[Attente]) -> Vec<&str> {
    attentes.iter().map(|a| a.destinataire.as_str()).collect()
}

#[test]
fn chacun_des_neuf_moments_va_de_l_alerte_a_la_reponse_et_au_silence() {
    let alerte = le(11, 2);
    #[rustfmt::skip]
    let cas: [(CodeDAlerte, Quoi, &[&str], Date, &str); 9] = [
        // moment                          l'acte qui alerte                            qui doit répondre                            avant le   sinon
        (CodeDAlerte::SuspensionAide,     aide(SortDeLAide::Suspendue),                &["departement", "bailleur"],                le(11, 17), "secretariat"),
        (CodeDAlerte::ChangementSituation, a_la_main(CodeDAlerte::ChangementSituation), &["departement", "fsl"],                    le(12, 2),  "secretariat"),
        (CodeDAlerte::PorteClose,         porte_close(),                               &["departement", "bailleur", "ccas"],        le(11, 10), "secretariat"),
        (CodeDAlerte::AbsenceAudience,    absence(),                                   &["departement", "bailleur"],                le(11, 10), "secretariat"),
        (CodeDAlerte::DossierComplexe,    cas(IssueDeComplexite::Retenu),              &["secretariat", "departement", "bailleur"], le(11, 17), "sous_commission"),
        (CodeDAlerte::ProtocoleOuBail,    Quoi::Pcs { duree_mois: 24 },                &["organisme_payeur", "secretariat"],        le(12, 2),  "sous_commission"),
        (CodeDAlerte::RisqueDeRupture,    echeance_manquee(),                          &["departement"],                            le(11, 10), "secretariat"),
        (CodeDAlerte::RefusMutation,      a_la_main(CodeDAlerte::RefusMutation),       &["departement", "bailleur"],                le(12, 2),  "secretariat"),
        (CodeDAlerte::Deni,               a_la_main(CodeDAlerte::Deni),                &["departement", "ccas"],                    le(11, 17), "secretariat"),
    ];
    let profil = pas_de_calais();
    for (code, acte, attendus, avant_le, relais) in cas {
        let alerte = (alerte, acte);
        let levee = attendues(std::slice::from_ref(&alerte), &profil, SERVICE);
        assert_eq!(qui(&levee), attendus, "{code:?} : destinataires");
        for attente in &levee {
            assert_eq!((attente.code, attente.avant_le), (code, avant_le), "{code:?}");
            assert!(attente.en_attente() && !attente.attendu.is_empty(), "{code:?}");
            assert!(!attente.objectif.is_empty() && attente.motifs.len() == 3, "{code:?}");

            let dernier_jour = Horloge::au(avant_le);
            assert!(!attente.sans_reponse(&dernier_jour), "{code:?} : le dernier jour compte");
            assert_eq!(attente.a_qui(&dernier_jour), attente.destinataire);
            let lendemain = droit::calendrier::lendemain(avant_le);
            assert_eq!(dernier_jour.prochain(), Some(lendemain), "la veille s'en souvient");
            assert!(attente.sans_reponse(&Horloge::au(lendemain)), "{code:?} : silence");
            assert_eq!(attente.a_qui(&Horloge::au(lendemain)), relais, "{code:?} : relais");
        }

        // Un seul répond, sous le nom de son service : les autres doivent encore le faire.
        let un_seul = [alerte.clone(), (le(11, 5), reponse(code, &attendus[..1]))];
        let apres = attendues(&un_seul, &profil, SERVICE);
        assert_eq!(apres[0].repondu_le, Some(le(11, 5)), "{code:?}");
        assert_eq!(apres.iter().filter(|a| a.en_attente()).count(), attendus.len() - 1, "{code:?}");
        assert!(!apres[0].sans_reponse(&Horloge::au(le(12, 31))));

        // Une réponse sans nom vaut pour tous.
        let tous = [alerte, (le(11, 6), reponse(code, &[]))];
        let apres = attendues(&tous, &profil, SERVICE);
        assert!(apres.iter().all(|a| a.repondu_le == Some(le(11, 6))), "{code:?}");
    }
}

#[test]
fn une_alerte_dit_l_acte_qui_l_a_levee_et_ce_qui_vient_d_un_texte() {
    let levee = attendues(&[(le(11, 2), absence())], &pas_de_calais(), SERVICE);
    assert_eq!(
        levee[0].motifs,
        [
            "absence à l'audience (acte : Audience), le 2 novembre 2026",
            "moment clé de la charte (charte de prévention des expulsions du Pas-de-Calais, action 4)",
            "réponse attendue dans les 8 jours (choix du profil, sans source)",
        ]
    );
    let a_paris = Profil::integre("75").expect("le profil de Paris se lit");
    let empruntee = attendues(&[(le(11, 2), absence())], &a_paris, SERVICE);
    assert!(empruntee[0].motifs[1].contains("emprunté : à valider"), "{:?}", empruntee[0].motifs);
}

#[test]
fn un_acte_ordinaire_n_alerte_personne() {
    let present = Quoi::Audience { locataire_present: Some(true), renvoi_au: None };
    let inconnu = Quoi::Audience { locataire_present: None, renvoi_au: None };
    let payee = Quoi::EcheancePlan { issue: SortDEcheance::Payee };
    for acte in [
        present,
        inconnu,
        payee,
        plan(),
        aide(SortDeLAide::Maintenue),
        cas(IssueDeComplexite::Ecarte),
        Quoi::PlanRompu {},
    ] {
        let nom = acte.nom();
        assert!(attendues(&[(le(11, 2), acte)], &pas_de_calais(), SERVICE).is_empty(), "{nom}");
    }
}

#[test]
fn le_meme_moment_n_alerte_pas_deux_fois_tant_que_personne_n_a_repondu() {
    let code = CodeDAlerte::RisqueDeRupture;
    let (premiere, seconde) = ((le(10, 5), echeance_manquee()), (le(11, 5), echeance_manquee()));
    let mut actes = vec![(le(9, 1), plan()), premiere, seconde];
    let profil = pas_de_calais();
    let ouverte = attendues(&actes, &profil, SERVICE);
    assert_eq!(ouverte.len(), 1, "la seconde mensualité manquée n'ajoute rien");
    assert_eq!((ouverte[0].fait.as_str(), ouverte[0].le), ("fait-2", le(10, 5)));

    // Une réponse entre les deux : la seconde est une nouvelle alerte.
    actes.insert(2, (le(10, 20), reponse(code, &[SERVICE])));
    let rouverte = attendues(&actes, &profil, SERVICE);
    assert_eq!(
        rouverte.iter().map(|a| (a.le, a.repondu_le)).collect::<Vec<_>>(),
        [(le(10, 5), Some(le(10, 20))), (le(11, 5), None)]
    );
}

#[test]
fn celui_qui_doit_deja_repondre_ne_recoit_pas_une_seconde_attente() {
    let actes = [
        (le(10, 5), porte_close()),
        (le(10, 8), reponse(CodeDAlerte::PorteClose, &["ccas"])),
        (le(10, 20), porte_close()),
    ];
    let attentes = attendues(&actes, &pas_de_calais(), SERVICE);
    let en_attente: Vec<(&str, Date)> = attentes
        .iter()
        .filter(|a| a.en_attente())
        .map(|a| (a.destinataire.as_str(), a.le))
        .collect();
    assert_eq!(
        en_attente,
        [(SERVICE, le(10, 5)), ("bailleur", le(10, 5)), ("ccas", le(10, 20))],
        "le CCAS a répondu à la première porte close, pas à la seconde"
    );
}

#[test]
fn une_alerte_a_la_main_va_a_ceux_qu_elle_nomme() {
    let nommee = Quoi::Alerte {
        code: CodeDAlerte::Deni,
        destinataires: vec!["maire".to_owned(), "service".to_owned(), "maire".to_owned()],
    };
    let profil = pas_de_calais();
    assert_eq!(qui(&attendues(&[(le(11, 2), nommee)], &profil, "caf")), ["maire", "caf"]);
}

#[test]
fn la_reponse_du_service_d_alors_compte_quand_un_autre_devient_en_charge() {
    let actes = [
        (le(11, 2), echeance_manquee()),
        (le(11, 4), reponse(CodeDAlerte::RisqueDeRupture, &["caf"])),
    ];
    let apres = attendues(&actes, &pas_de_calais(), SERVICE);
    assert_eq!(apres[0].repondu_le, Some(le(11, 4)));
}

#[test]
fn un_moment_que_le_territoire_ne_decrit_pas_va_au_secretariat() {
    let mut profil = pas_de_calais();
    profil.moments.clear();
    let attentes = attendues(&[(le(11, 2), absence())], &profil, SERVICE);
    assert_eq!(qui(&attentes), ["secretariat"]);
    assert!(attentes[0].avant_le > le(11, 2), "elle a un terme");
    assert!(attentes[0].motifs[1].starts_with("le profil ne décrit pas ce moment clé"));
}

#[test]
fn chaque_alerte_est_dans_la_file_de_qui_peut_y_repondre() {
    let profil = pas_de_calais();
    #[rustfmt::skip]
    let cas = [
        // nommé                en charge      répond ici
        ("caf",                 "departement", "caf"),         // un service, même dans le dossier d'un autre
        ("service",             "departement", "departement"),
        ("organisme_payeur",    "caf",         "caf"),
        ("organisme_payeur",    "departement", "secretariat"), // lequel ? seul le secrétariat le demande
        ("service_social",      "departement", "departement"),
        ("service_social",      "caf",         "secretariat"),
        ("bailleur",            "departement", "secretariat"), // sans compte
        ("sous_commission",     "departement", "secretariat"),
    ];
    for (nomme, service, attendu) in cas {
        let alerte = Quoi::Alerte { code: CodeDAlerte::Deni, destinataires: vec![nomme.into()] };
        let dossier = histoire(&[(le(11, 2), alerte)]);
        let appele = |jour| {
            let horloge = Horloge::au(jour);
            let cours = cours(&dossier, &horloge);
            appeles(&dossier, &cours, service, &profil, &horloge).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(appele(le(11, 3)), [attendu], "{nomme}, confié à {service}");
        assert_eq!(appele(le(12, 31)), ["secretariat"], "{nomme} se tait : le relais");
    }
}
