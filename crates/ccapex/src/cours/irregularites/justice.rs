//! De l'assignation à l'appel.

use droit::delai::{Delai, Report};
use droit::jour::Jour;
use droit::regles::appel::dernier_jour_d_appel;
use droit::regles::distance::Residence;
use droit::regles::juge::delais_de_paiement;
use droit::regles::juge_de_l_execution::delai_pour_partir;
use droit::regles::saisine::fin_de_l_attente;
use droit::reponse::Reponse;
use jiff::Unit;
use jiff::civil::{Date, date};

use super::{Avant, depuis_2018, ordre, voie_sans_effet};
use crate::acte::Quoi;
use crate::cours::etat::Stade;
use crate::cours::fil::{Arrive, Point};
use crate::cours::horloge::Horloge;
use crate::cours::loi::echeance;
use crate::notice::{BailleurType, Contenu, Nature};
use crate::signalement::anomalies::{ACTE_ANNULABLE, Anomalie};

const IRRECEVABLE: &str =
    "la demande est irrecevable : il faut saisir la commission, attendre, puis assigner de nouveau";

pub(super) fn canal_du_commandement(contenu: &Contenu, jour: Date) -> Option<Anomalie> {
    let voie = voie_sans_effet(contenu)?;
    depuis_2018(jour)?;
    Anomalie::selon(
        "canal_signalement_cdp",
        jour,
        format!("commandement du {} signalé {voie}, et non par voie électronique", Jour(jour)),
        "le signalement est pris en compte ici ; l'étude doit passer par la voie électronique",
    )
}

pub(super) fn assignation(avant: &Avant<'_>, contenu: &Contenu, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    trouvees.extend(saisine_prealable(avant, contenu, jour));
    if let Some(audience) = contenu.date_audience.filter(|audience| *audience < jour) {
        trouvees.push(ordre(format!(
            "assignation du {} pour une audience du {}, déjà passée",
            Jour(jour),
            Jour(audience)
        )));
    }
    let procedure = &avant.cours.procedure;
    let decision = procedure.jugement.filter(|_| avant.cours.stade.expulsable());
    if let Some(decision) = decision {
        trouvees.push(ordre(format!(
            "assignation du {}, alors que l'expulsion est ordonnée depuis la décision du {}",
            Jour(jour),
            Jour(decision.le)
        )));
    } else if let Some(reglee_le) = avant.cours.dette.reglee_le {
        trouvees.push(ordre(format!(
            "assignation du {}, alors que la dette est dite réglée depuis le {}",
            Jour(jour),
            Jour(reglee_le)
        )));
    }
    trouvees
}

/// La personne morale saisit la commission deux mois avant d'assigner (loi n° 89-462, art. 24, II).
fn saisine_prealable(avant: &Avant<'_>, contenu: &Contenu, jour: Date) -> Option<Anomalie> {
    const REGLE: &str = "delai_saisine_ccapex_personne_morale";
    let dit = contenu.bailleur_type;
    let bailleur = if dit == BailleurType::Inconnu { avant.bailleur } else { dit };
    let concerne = matches!(bailleur, BailleurType::PersonneMorale | BailleurType::BailleurSocial);
    let autre_fondement = contenu.motif.as_deref().is_some_and(|m| m != "impaye");
    if !concerne || autre_fondement || !contenu.releve_de_la_loi_89() {
        return None;
    }
    // L'information donnée par la Caf ou la MSA vaut saisine ; la rédaction de 2027 n'est pas connue.
    let reputee = avant.premiere_information_le.filter(|le| *le < date(2027, 1, 1));
    let saisine = avant.cours.procedure.saisine_bailleur_le;
    let Some(saisie_le) = [saisine, reputee].into_iter().flatten().min() else {
        return Anomalie::selon(
            REGLE,
            jour,
            format!(
                "assignation du {} par une personne morale : aucune saisine préalable de la commission n'est connue",
                Jour(jour)
            ),
            "sans saisine deux mois avant, la demande est irrecevable : demandez au bailleur la date de la sienne",
        );
    };
    let fin = fin_de_l_attente(saisie_le, Report::Aucun, avant.territoire).ok()?.valeur;
    if jour > fin.retenue {
        return None;
    }
    let comment = if saisine == Some(saisie_le) {
        "commission saisie"
    } else {
        "commission informée par l'organisme payeur, ce qui vaut saisine,"
    };
    Anomalie::selon(
        REGLE,
        jour,
        format!(
            "assignation du {} : {comment} le {}, il fallait attendre deux mois, jusqu'au {} inclus",
            Jour(jour),
            Jour(saisie_le),
            Jour(fin.retenue)
        ),
        IRRECEVABLE,
    )
}

pub(super) fn decision(avant: &Avant<'_>, contenu: &Contenu, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    let procedure = &avant.cours.procedure;
    if let Some(audience) = procedure
        .audience
        .filter(|audience| *audience > jour && avant.cours.stade <= Stade::Audience)
    {
        trouvees.push(ordre(format!(
            "décision du {}, avant l'audience du {}",
            Jour(jour),
            Jour(audience)
        )));
    } else if let Some(assignee_le) = avant.seulement_apres(Nature::Assignation, jour) {
        trouvees.push(ordre(format!(
            "décision du {}, avant l'assignation du {}",
            Jour(jour),
            Jour(assignee_le)
        )));
    }
    if contenu.mot("issue") == Some("delais") {
        trouvees.extend(contenu.nombre("delais_mois").and_then(|mois| trop_longs(jour, mois)));
        if contenu.oui("loyer_repris") == Some(false) && jour >= date(2023, 7, 29) {
            trouvees.extend(Anomalie::selon(
                "delais_paiement_condition",
                jour,
                format!("délais accordés le {} sans reprise du loyer courant avant l'audience", Jour(jour)),
                "les délais s'appliquent tant que la décision n'est pas réformée ; le bailleur peut faire appel",
            ));
        }
    }
    trouvees.extend(
        contenu
            .nombre("delai_depart_mois")
            .and_then(|mois| hors_bornes(jour, (mois, mois), format!("{mois} mois"))),
    );
    trouvees
}

fn trop_longs(jour: Date, mois: u16) -> Option<Anomalie> {
    let juges = delais_de_paiement(jour, mois).ok()?;
    if juges.valeur.0 != Reponse::Non {
        return None;
    }
    Anomalie::selon(
        "delais_paiement_max",
        jour,
        format!("délais de {mois} mois accordés le {} : trente-six au plus", Jour(jour)),
        "la fin retenue est celle du jugement, sans report ; il peut être frappé d'appel",
    )
}

/// Des délais pour quitter les lieux hors des bornes de leur date.
fn hors_bornes(jour: Date, mois: (u16, u16), duree: String) -> Option<Anomalie> {
    let (entiers, entames) = mois;
    let permis = |mois| delai_pour_partir(jour, mois).ok().map(|c| c.valeur.0 == Reponse::Oui);
    if permis(entiers)? && permis(entames)? {
        return None;
    }
    let bornes = droit::catalogue::regle("delais_jex")?.le(jour).ok()?.valeur;
    Anomalie::selon(
        "delais_jex",
        jour,
        format!("délais pour quitter les lieux de {duree} accordés le {} : {bornes}", Jour(jour)),
        "la date de la décision est gardée, et l'expulsion attend jusque-là ; la décision peut être frappée d'appel",
    )
}

pub(super) fn acte(avant: &Avant<'_>, quoi: &Quoi, jour: Date) -> Vec<Anomalie> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes sont jugés ailleurs")]
    match quoi {
        Quoi::Conge { effet_au, .. } if *effet_au < jour => vec![ordre(format!(
            "congé du {} pour une fin de bail le {}, déjà passée",
            Jour(jour),
            Jour(*effet_au)
        ))],
        Quoi::Audience { renvoi_au, .. } => audience(avant, *renvoi_au, jour),
        Quoi::SignificationJugement { .. } => signification(avant, jour),
        Quoi::Appel { issue: None } => appel(avant, jour),
        Quoi::DecisionJex { delai_mois, jusqu_au } => {
            decision_jex(*delai_mois, *jusqu_au, jour).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn audience(avant: &Avant<'_>, renvoi_au: Option<Date>, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    if let Some(assignee_le) = avant.seulement_apres(Nature::Assignation, jour) {
        trouvees.push(ordre(format!(
            "audience du {}, avant l'assignation du {}",
            Jour(jour),
            Jour(assignee_le)
        )));
    }
    if let Some(renvoi) = renvoi_au.filter(|renvoi| *renvoi <= jour) {
        trouvees.push(ordre(format!(
            "audience du {} renvoyée au {}, qui ne la suit pas",
            Jour(jour),
            Jour(renvoi)
        )));
    }
    trouvees
}

fn signification(avant: &Avant<'_>, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    if let Some(pourquoi) = avant.jour_interdit(jour) {
        trouvees.extend(Anomalie::selon(
            "signification_jours_heures",
            jour,
            format!(
                "jugement signifié le {}, un jour interdit ({pourquoi}), sauf permission du juge",
                Jour(jour)
            ),
            ACTE_ANNULABLE,
        ));
    }
    let procedure = &avant.cours.procedure;
    if let Some(decide_le) = avant.seulement_apres(Nature::Decision, jour) {
        trouvees.push(ordre(format!(
            "jugement signifié le {}, avant la décision du {}",
            Jour(jour),
            Jour(decide_le)
        )));
    }
    if let Some(cql) = procedure.cql.filter(|cql| cql.signifie_le < jour) {
        trouvees.push(ordre(format!(
            "jugement signifié le {}, après le commandement de quitter les lieux du {}",
            Jour(jour),
            Jour(cql.signifie_le)
        )));
    }
    // Un commandement de quitter les lieux délivré à temps a porté la signification.
    let deja = procedure.signifie_le.is_some() || procedure.cql.is_some();
    if let Some(jugement) = procedure.jugement.filter(|j| j.par_defaut == Some(true) && !deja)
        && let Some(limite) = echeance("jugement_non_avenu", jugement.le, &avant.commune)
        && jour > limite.jour
    {
        trouvees.extend(non_avenu(
            jour,
            format!(
                "jugement par défaut du {} signifié le {}, plus de six mois après : le dernier jour était le {}",
                Jour(jugement.le),
                Jour(jour),
                Jour(limite.jour)
            ),
        ));
    }
    trouvees
}

fn non_avenu(jour: Date, constat: String) -> Option<Anomalie> {
    Anomalie::selon(
        "jugement_non_avenu",
        jour,
        constat,
        "le jugement est réputé non avenu : il ne peut plus être exécuté, il faut assigner de nouveau",
    )
}

/// Un jugement par défaut que personne n'a signifié à temps.
pub(super) fn jamais_signifie(
    contenu: &Contenu,
    jour: Date,
    suivants: &[Point<'_>],
    commune: &str,
    horloge: &Horloge,
) -> Option<Anomalie> {
    if contenu.oui("par_defaut") != Some(true) {
        return None;
    }
    let limite = echeance("jugement_non_avenu", jour, commune)?.jour;
    let signifie = suivants.iter().any(|p| match p.quoi {
        Arrive::Notice(n) => matches!(n.nature, Nature::Cql | Nature::Decision),
        Arrive::Acte(a) => matches!(a.consigne.quoi, Quoi::SignificationJugement { .. }),
    });
    if signifie || !horloge.passe(limite) {
        return None;
    }
    non_avenu(
        jour,
        format!(
            "jugement par défaut du {} jamais signifié : le dernier jour était le {}",
            Jour(jour),
            Jour(limite)
        ),
    )
}

fn appel(avant: &Avant<'_>, jour: Date) -> Vec<Anomalie> {
    let mut trouvees = Vec::new();
    if let Some(decide_le) = avant.seulement_apres(Nature::Decision, jour) {
        trouvees.push(ordre(format!(
            "appel du {}, avant la décision du {}",
            Jour(jour),
            Jour(decide_le)
        )));
    }
    let residence = Residence::France(avant.territoire);
    if let Some(signifie_le) = avant.cours.procedure.signifie_le
        && let Ok(limite) = dernier_jour_d_appel(signifie_le, avant.territoire, residence)
        && jour > limite.valeur.retenue
    {
        trouvees.extend(Anomalie::selon(
            "delai_appel",
            jour,
            format!(
                "appel du {}, après la fin du délai : jugement signifié le {}, appel possible jusqu'au {} inclus",
                Jour(jour),
                Jour(signifie_le),
                Jour(limite.valeur.retenue)
            ),
            "l'appel est irrecevable : le jugement s'exécute, sauf relevé de forclusion",
        ));
    }
    trouvees
}

fn decision_jex(mois: Option<u16>, jusqu_au: Option<Date>, jour: Date) -> Option<Anomalie> {
    match (jusqu_au, mois) {
        (Some(fin), _) if fin < jour => Some(ordre(format!(
            "délais accordés le {} jusqu'au {}, déjà passé",
            Jour(jour),
            Jour(fin)
        ))),
        (Some(fin), _) => {
            hors_bornes(jour, mois_entre(jour, fin), format!("jusqu'au {}", Jour(fin)))
        }
        (None, Some(mois)) => hors_bornes(jour, (mois, mois), format!("{mois} mois")),
        (None, None) => None,
    }
}

/// Les mois entiers d'une période, et ceux qu'elle entame.
fn mois_entre(du: Date, au: Date) -> (u16, u16) {
    let entiers = du
        .until((Unit::Month, au))
        .ok()
        .and_then(|duree| u16::try_from(duree.get_months()).ok())
        .unwrap_or(u16::MAX);
    let pile = Delai::Mois(entiers).terme(du, &droit::calendrier::Territoire::Metropole) >= au;
    (entiers, if pile { entiers } else { entiers.saturating_add(1) })
}
