//! Le résumé quotidien par courriel : des nombres et un lien, rien d'un ménage.

use std::collections::BTreeMap;

use ccapex::partenaires::agent::Supplee;
use droit::jour::Jour;
use stockage::notification::Resume;

use super::lire::{Groupe, Moment, notifications};
use super::sujet::Sujet;
use crate::compte::suppleances::avec_ceux_qu_elle_supplee;
use crate::echec::Echec;
use crate::maison::Maison;

/// Prépare le résumé de ceux qui le veulent et qui ont quelque chose à lire. Rend leur nombre.
///
/// Une fois par jour et par personne, quel que soit le nombre de programmes ; une journée sans rien ne
/// fait partir aucun courriel. `site` est l'adresse du service.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas : les résumés déjà préparés ne le seront pas deux fois.
pub async fn preparer_les_resumes(
    maison: &Maison,
    profil: &str,
    moment: &Moment,
    site: &str,
) -> Result<u64, Echec> {
    let mut prepares = 0;
    for (compte, courriel) in maison.stockage.resumes_a_preparer(profil, moment.jour).await? {
        let agent = avec_ceux_qu_elle_supplee(&maison.stockage, compte.agent, moment.jour).await?;
        let groupes = notifications(maison, &agent, moment).await?;
        let resume = rediger(&courriel, &groupes, &agent.suppleances, site);
        let agent = agent.id;
        let a_nous = maison
            .stockage
            .preparer_resume(agent, moment.jour, resume.as_ref(), moment.instant)
            .await?;
        prepares += u64::from(a_nous && resume.is_some());
    }
    Ok(prepares)
}

fn rediger(
    courriel: &str,
    groupes: &[Groupe],
    suppleances: &[Supplee],
    site: &str,
) -> Option<Resume> {
    let mut sujets: BTreeMap<Sujet, usize> = BTreeMap::new();
    for groupe in groupes.iter().filter(|groupe| !groupe.lu) {
        for (sujet, n) in &groupe.sujets {
            *sujets.entry(*sujet).or_default() += n;
        }
    }
    let total: usize = sujets.values().sum();
    if total == 0 {
        return None;
    }
    let objet = match total {
        1 => "Seuil : 1 notification à lire".to_owned(),
        n => format!("Seuil : {n} notifications à lire"),
    };
    let mut corps = String::from("Bonjour,\n\nDans Seuil, vous n'avez pas encore lu :\n");
    for (sujet, n) in sujets {
        corps.push_str(&format!("- {} ({n})\n", sujet.libelle()));
    }
    for supplee in suppleances {
        corps.push_str(&format!(
            "\nVous suppléez {} jusqu'au {} : ce qui l'attend y est compté.\n",
            supplee.nom,
            Jour(supplee.au)
        ));
    }
    corps.push_str(&format!(
        "\nLes ouvrir : {site}/notifications\nNe plus recevoir ce résumé : {site}/notifications/reglages\n"
    ));
    Some(Resume { a: courriel.to_owned(), objet, corps })
}

#[cfg(test)]
mod tests {
    use ccapex::identifiants::DossierId;
    use jiff::civil::date;
    use stockage::dossier::VueDossier;

    use super::*;

    const SITE: &str = "https://seuil.exemple";

    fn groupe(sujets: &[(Sujet, usize)], lu: bool) -> Groupe {
        let instant = "2026-11-21T08:00:00Z".parse().unwrap();
        let jour = date(2026, 11, 21);
        let mut dossier =
            VueDossier::neuve(DossierId(1), "62-2026-000001".to_owned(), jour, instant);
        dossier.nom = "MORTREUX Aline".to_owned();
        dossier.adresse = "4 rue des Tanneurs".to_owned();
        Groupe {
            dossier,
            jour,
            sujets: sujets.iter().copied().collect(),
            jusqu_a: instant,
            lu,
            alerte_seule: false,
        }
    }

    #[test]
    fn un_resume_dit_des_nombres_et_un_lien_et_rien_d_un_menage() {
        let groupes = [
            groupe(&[(Sujet::AlertePourMoi, 1), (Sujet::MenageConfie, 2)], false),
            groupe(&[(Sujet::MenageConfie, 1)], false),
            groupe(&[(Sujet::EcheancePassee, 4)], true),
        ];
        let resume = rediger("a@b.fr", &groupes, &[], SITE).unwrap();
        assert_eq!(resume.objet, "Seuil : 4 notifications à lire");
        assert!(resume.corps.contains("- Un ménage vous est confié (3)"), "{}", resume.corps);
        assert!(resume.corps.contains("https://seuil.exemple/notifications\n"));
        assert!(!resume.corps.contains("échéance"), "ce qui est lu n'y revient pas");
        for cache in ["MORTREUX", "Tanneurs", "62-2026"] {
            assert!(!resume.corps.contains(cache), "{cache}");
        }
    }

    #[test]
    fn un_jour_sans_rien_a_lire_ne_fait_partir_aucun_message() {
        assert_eq!(rediger("a@b.fr", &[], &[], SITE), None);
        assert_eq!(
            rediger("a@b.fr", &[groupe(&[(Sujet::MenageConfie, 1)], true)], &[], SITE),
            None
        );
    }
}
