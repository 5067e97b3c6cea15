//! Le diagnostic social et financier : mandat, entretien, portes closes, transmission.

use droit::conclusion::Conclusion;
use droit::jour::Jour;
use droit::regles::diagnostic::entretien_avant_le;
use jiff::civil::Date;

use super::{SECRETARIAT, Vue};
use crate::acte::Quoi;
use crate::procedure::etape::Etape;

/// Les étapes d'un diagnostic pas encore transmis, avant une audience à venir.
pub(super) fn etapes(
    audience: Date,
    limite: &Conclusion<Date>,
    vue: &Vue<'_>,
    suite: &mut Vec<Etape>,
) {
    let dsf = &vue.cours.dsf;
    let assignee = vue.cours.procedure.assignation;
    let connue_le = assignee.map_or(vue.connu_le, |n| n.recue_le);
    let redacteur = vue.service_ou(dsf.organisme.as_deref());
    suite.push(
        vue.a_faire(
            "dsf_transmission",
            redacteur,
            format!(
                "transmettre le diagnostic social et financier au juge et à la commission avant l'audience du {}",
                Jour(audience)
            ),
        )
        .selon(&limite.motifs)
        .avant(limite.valeur, connue_le),
    );
    if dsf.realise_le.is_some() {
        return;
    }
    let Some(demande_le) = dsf.demande_le else {
        suite.push(
            vue.a_faire(
                "saisine_dsf",
                SECRETARIAT,
                "mandater un organisme pour le diagnostic social et financier",
            )
            .texte("saisine_dsf", connue_le)
            .dans("mandater_dsf", connue_le),
        );
        return;
    };
    suite.push(entretien(demande_le, redacteur, vue));
}

/// Ce qui vient après le mandat : proposer l'entretien, le tenir, ou recommencer autrement.
fn entretien(demande_le: Date, redacteur: &str, vue: &Vue<'_>) -> Etape {
    // Un entretien à venir est déjà proposé : on regarde les actes, non ce qui est arrivé.
    let propose = vue
        .dossier
        .actes
        .iter()
        .filter(|a| matches!(a.consigne.quoi, Quoi::DsfRendezVous(_)))
        .map(|a| a.consigne.date)
        .filter(|le| *le >= demande_le)
        .max();
    let close = vue.cours.dsf.portes_closes.iter().copied().max().filter(|le| *le >= demande_le);
    match (propose, close) {
        (Some(le), None) => tenir(le, redacteur, vue),
        (Some(le), Some(close)) if le > close => tenir(le, redacteur, vue),
        (_, Some(close)) => porte_close(close, redacteur, vue),
        (None, None) => {
            let demande = vue.a_faire(
                "dsf_entretien",
                redacteur,
                "proposer au ménage un entretien pour le diagnostic",
            );
            match entretien_avant_le(demande_le, vue.territoire) {
                Ok(fin) => demande.selon(&fin.motifs).avant(fin.valeur, demande_le),
                Err(_) => demande
                    .car(format!("organisme mandaté le {}", Jour(demande_le)))
                    .dans_apres("porte_close", demande_le),
            }
        }
    }
}

fn tenir(le: Date, redacteur: &str, vue: &Vue<'_>) -> Etape {
    vue.a_faire(
        "dsf_rendez_vous",
        redacteur,
        "tenir l'entretien proposé, puis noter le diagnostic ou la porte close",
    )
    .car(format!("entretien proposé au ménage pour le {}", Jour(le)))
    .avant(le, le)
}

fn porte_close(le: Date, redacteur: &str, vue: &Vue<'_>) -> Etape {
    let portes = vue.dossier.actes.iter().rev().filter(|a| a.consigne.date == le);
    let dernier_mode = portes
        .filter_map(|a| {
            let Quoi::PorteClose(porte) = &a.consigne.quoi else { return None };
            porte.mode
        })
        .next();
    let autrement = dernier_mode.map_or("d'une autre façon".to_owned(), |mode| {
        format!("autrement que par {}", mode.libelle())
    });
    let nombre = vue.cours.dsf.portes_closes.len();
    vue.a_faire("porte_close", redacteur, format!("joindre le ménage {autrement} pour le diagnostic"))
        .car(format!(
            "{nombre} porte{0} close{0}, la dernière le {1} : elles sont combattues par tous les moyens (charte, II.3 et action 4)",
            if nombre > 1 { "s" } else { "" },
            Jour(le)
        ))
        .dans_apres("porte_close", le)
}
