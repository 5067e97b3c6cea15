//! Les démarches : FSL, DALO, DAHO, surendettement. Chacune a son délai, puis sa suite.

use droit::jour::Jour;

use super::{PREFET, Vue};
use crate::acte::codes::Avancee;
use crate::cours::Suivi;
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    if vue.cours.stade.parti() {
        return;
    }
    let demarches = &vue.cours.demarches;
    if let Some(fsl) = &demarches.fsl {
        suite.extend(suivre(fsl, "le FSL", vue.cours.regle_du_fsl(), vue));
    }
    if let Some(dalo) = &demarches.dalo {
        suite.extend(suivre(dalo, "la commission de médiation (DALO)", "dalo_instruction", vue));
    }
    if let Some(daho) = &demarches.daho {
        suite.extend(suivre(daho, "la commission de médiation (DAHO)", "daho_instruction", vue));
    }
    if let Some(dossier) = &demarches.surendettement {
        let qui = "la commission de surendettement";
        suite.extend(suivre(dossier, qui, "surendettement_orientation", vue));
    }
}

fn suivre(suivi: &Suivi, qui: &str, instruction: &'static str, vue: &Vue<'_>) -> Option<Etape> {
    let le = suivi.le;
    let logement = matches!(instruction, "dalo_instruction" | "daho_instruction");
    match suivi.demarche.etape {
        Avancee::Depose => Some(
            vue.a_faire(instruction, vue.service, format!("connaître la réponse que donne {qui}"))
                .car(format!("dossier déposé le {}", Jour(le)))
                .selon_la_loi(instruction, suivi.depose_le.unwrap_or(le), "suivre_demarche"),
        ),
        Avancee::Prioritaire | Avancee::Accord if logement => Some(
            vue.a_faire("dalo_relogement", PREFET, "faire une offre au ménage reconnu prioritaire")
                .car(format!("reconnu prioritaire le {}", Jour(le)))
                .selon_la_loi("dalo_relogement", le, "suivre_demarche"),
        ),
        Avancee::Offre => Some(
            vue.a_faire(
                "suivre_l_offre",
                vue.service,
                "aider le ménage à répondre à l'offre : un refus peut lui faire perdre sa priorité",
            )
            .car(format!("offre faite le {}", Jour(le)))
            .dans_apres("suivre_demarche", le),
        ),
        Avancee::Recevable => Some(
            vue.a_faire(
                "surendettement_aide_logement",
                vue.service,
                "vérifier que l'aide au logement est rétablie, et demander la suspension de l'expulsion si elle menace",
            )
            .car(format!("dossier recevable le {}", Jour(le)))
            .texte("surendettement_aide_logement", le)
            .dans("retablir_aide", vue.travail_depuis(le)),
        ),
        Avancee::Refus | Avancee::Rejet | Avancee::Irrecevable
            if vue.cours.joint_le.is_none_or(|joint| joint <= le) =>
        {
            Some(
                vue.a_faire(
                    "apres_un_refus",
                    vue.service,
                    format!("chercher avec le ménage une autre solution, ou un recours : {qui} a dit non"),
                )
                .car(format!("{}, le {}", suivi.demarche.etape.libelle(), Jour(le)))
                .dans_apres("suivre_demarche", le),
            )
        }
        Avancee::Refus
        | Avancee::Rejet
        | Avancee::Irrecevable
        | Avancee::Accord
        | Avancee::Prioritaire
        | Avancee::Mesures
        | Avancee::Effacement
        | Avancee::SuspensionExpulsion
        | Avancee::Relogement
        | Avancee::SansSuite => None,
    }
}
